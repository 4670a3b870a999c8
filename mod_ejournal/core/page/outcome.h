/* outcome.h: turns the outcomes of a write, one a field or row, into errors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_OUTCOME_H
#define EJ_OUTCOME_H

#include "page/ctx.h"

/* The list of errors of a write's bad and conflicting rows, the most important
 * first; NULL when every row was saved. */
ej_err_t *ej_outcome_errors(ej_ctx_t *c);

#endif
