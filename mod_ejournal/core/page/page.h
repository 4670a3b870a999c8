/* page.h: the queue of a page's queries and its transaction, for the files of
 * page/; what features know of it is in ej.h.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_PAGE_H
#define EJ_PAGE_H

#include "page/ctx.h"

/* Send what is queued; with is_last also COMMIT, after which the connection
 * goes back. Nothing queued and nothing begun asks nothing. */
ej_err_t *ej_page_send(ej_ctx_t *c, int is_last);
/* A query with its values, not queued. */
ej_entry_t *ej_page_entry(ej_ctx_t *c, const char *query, const ej_params_t *p);
/* Run entry alone, in a transaction of its own. */
ej_err_t *ej_page_ask(ej_ctx_t *c, ej_entry_t *entry);
/* Lay the answers that have come into the document, each once. */
void ej_page_fill(ej_ctx_t *c);

#endif
