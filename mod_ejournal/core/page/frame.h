/* frame.h: what a page says of its request: person, school, address, version.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_FRAME_H
#define EJ_FRAME_H

#include "page/ctx.h"

/* Set it as attributes of <page>. */
void ej_frame_set(ej_ctx_t *c);
/* Add it, and the sheets, to a digest of the page. */
void ej_frame_digest(ej_ctx_t *c, ej_digest_t *digest);

#endif
