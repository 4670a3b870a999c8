/* list.h: long lists, page by page.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_LIST_H
#define EJ_LIST_H

#include "page/ctx.h"

/* Set the attributes next and previous of a list by key, after its rows are in
 * the document. */
void ej_list_links(ej_ctx_t *c);
/* After a save (ej_page_saved): add to the address of the list the query string
 * from which its form was opened (search, order, page), and ?done= and ?saved=,
 * the id of the saved record, whose row has the anchor. */
void ej_list_return(ej_ctx_t *c);

#endif
