/* outcome.h: turns the outcomes of a write, one a field or row, into errors;
 * tells a repeated write from another.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_OUTCOME_H
#define EJ_OUTCOME_H

#include "page/ctx.h"

/* The list of errors of a write's bad and conflicting rows, the most important
 * first; NULL when every row was saved. */
ej_err_t *ej_outcome_errors(ej_ctx_t *c);

/* The SHA-256 of path and typed parameters, as PostgreSQL reads a bytea: by it
 * the database knows that a write with a known operation_id is the same one
 * again, and gives its outcomes. Lives as long as the run. */
const char *ej_outcome_digest(ej_ctx_t *c, const ej_params_t *p);

#endif
