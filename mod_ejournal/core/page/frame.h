/* frame.h: the attributes of <page>: person, school, address, version and more.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_FRAME_H
#define EJ_FRAME_H

#include "page/ctx.h"

/* Set the attributes of <page>. */
void ej_frame_set(ej_ctx_t *c);
/* Set the attributes of a printed document that is kept: of the reader it has
 * only the name of the school. */
void ej_frame_set_kept(ej_ctx_t *c);
/* Add these attributes and the digest of all sheets to a digest. */
void ej_frame_digest(ej_ctx_t *c, ej_digest_t *digest);

/* The sheet of the page: <feature>_<form>, if its printed form has a sheet of
 * its own, else <feature>. */
const char *ej_frame_sheet(const ej_ctx_t *c);

#endif
