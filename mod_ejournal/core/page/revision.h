/* revision.h: the ETag of a page, and 304 for a page that has not changed.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_REVISION_H
#define EJ_REVISION_H

#include "page/ctx.h"

/* Compare the page's revision with the ETag that the browser sent. If they are
 * equal, set c->same to that tag: no other query is then needed. */
ej_err_t *ej_revision_ask(ej_ctx_t *c);
/* Set the ETag header. Whether the browser has this very page (304). */
int ej_revision_is_same(ej_ctx_t *c);

#endif
