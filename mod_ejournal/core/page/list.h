/* list.h: long lists, page by page.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_LIST_H
#define EJ_LIST_H

#include "page/ctx.h"

/* Set the attributes next and previous of a list by key, after its rows are in
 * the document. */
void ej_list_links(ej_ctx_t *c);

#endif
