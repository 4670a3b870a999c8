/* revision.h: whether a page is as it was.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_REVISION_H
#define EJ_REVISION_H

#include "page/ctx.h"

/* Ask whether the page is still as the browser has it; then c->same is its
 * tag, and nothing else need be asked. */
ej_err_t *ej_revision_ask(ej_ctx_t *c);
/* Set ETag, and tell whether the browser has this very page (304). */
int ej_revision_is_same(ej_ctx_t *c);

#endif
