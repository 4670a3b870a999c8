/* taken.h: remembers which pupils are named by a page that somebody takes away,
 * as a file or on paper.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_TAKEN_H
#define EJ_TAKEN_H

#include "page/ctx.h"

/* Begin to remember the pupils of this page, which is taken away. */
void ej_taken_begin(ej_ctx_t *c);
/* Remember the pupils that these rows name (column pupil_id), if the page is
 * taken away. */
void ej_taken_add(ej_ctx_t *c, const ej_result_t *rows);
/* The ids of the pupils that were remembered, as an array of PostgreSQL; NULL
 * for fewer than two, and for a page that is not taken away or is a certified
 * copy. Lives: c->pool. */
const char *ej_taken_ids(const ej_ctx_t *c);

#endif
