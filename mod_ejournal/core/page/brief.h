/* brief.h: the page that refuses a guess without a query or transform.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_BRIEF_H
#define EJ_BRIEF_H

#include "http/request.h"

/* Make this child's store of these pages, before its threads start. */
void ej_brief_child(apr_pool_t *pchild, server_rec *s);
/* Set *text to the page of JE111 for this request's mount. The first request of
 * a child has the page made; the others get the same bytes. Nothing of a
 * request is in them. Errors: JE500. */
ej_err_t *ej_brief_find(const char **text, apr_size_t *length,
                        ej_request_t *request);

#endif
