/* err.h: error codes by name, and the codes of PostgreSQL's SQLSTATEs.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_ERR_H
#define EJ_ERR_H

#include "ej.h"

/* The name of a code: "JE401". */
const char *ej_err_name(ej_code_t code);
/* The English words of a code, as the log has them. */
const char *ej_err_text(ej_code_t code);
/* The code of a name that came from the database; EJ_OK when errors.def does
 * not have it. */
ej_code_t ej_err_code(const char *name);
/* The code for a SQLSTATE; JE500 for one of class JE that errors.def does not
 * have. constraint is a result of ej_err_constraint, or "policy" when a row
 * policy refused a write. */
ej_code_t ej_err_of_sqlstate(const char *sqlstate, const char *constraint);
/* The name of a constraint or table without the year of its partition:
 * lesson_2026_x becomes lesson_x. NULL becomes "". */
const char *ej_err_constraint(apr_pool_t *pool, const char *name);
/* The field that a constraint's name contains: topic of lesson_topic_length.
 * NULL when it contains none. */
const char *ej_err_column(apr_pool_t *pool, const char *table,
                          const char *constraint);

#endif
