/* page.h: the queue of a page's queries and its transaction, for the files of
 * page/; the functions for features are in ej.h.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_PAGE_H
#define EJ_PAGE_H

#include "page/ctx.h"

/* Whether this GET records who opened the page (EJ_LOGGED). */
int ej_page_is_logged(const ej_ctx_t *c);
/* Send the queued queries; with is_last also COMMIT, after which the connection
 * is given back. Sends nothing for a page that has no queries. */
ej_err_t *ej_page_send(ej_ctx_t *c, int is_last);
/* Make an entry of a query and its values without queueing it. */
ej_entry_t *ej_page_entry(ej_ctx_t *c, const char *query, const ej_params_t *p);
/* Run entry alone, in a transaction of its own. */
ej_err_t *ej_page_ask(ej_ctx_t *c, ej_entry_t *entry);
/* Put the results received so far into the document, each once. */
void ej_page_fill(ej_ctx_t *c);

#endif
