/* outcome.h: what became of each field or row of a write.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_OUTCOME_H
#define EJ_OUTCOME_H

#include "page/ctx.h"

/* The bad or conflicting rows of a write's outcomes as one error list, the
 * gravest first; NULL when all was saved. */
ej_err_t *ej_outcome_errors(ej_ctx_t *c);

#endif
