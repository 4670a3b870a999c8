/* err.h: errors by their codes, and what the SQLSTATEs of PostgreSQL mean in
 * them. SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_ERR_H
#define EJ_ERR_H

#include "ej.h"

/* The name of a code: "JE401". */
const char *ej_err_name(ej_code_t code);
/* The code of a name that the database raised or answered; EJ_OK when
 * errors.def has none of that name. */
ej_code_t ej_err_code(const char *name);
/* The code for a SQLSTATE; JE500 for one of class JE that errors.def does not
 * have. constraint is "" or what ej_err_constraint made, or
 * "policy" where a row policy refused a write. */
ej_code_t ej_err_of_sqlstate(const char *sqlstate, const char *constraint);
/* A constraint or table without the year of its partition: lesson_2026_x is
 * lesson_x. NULL becomes "". */
const char *ej_err_constraint(apr_pool_t *pool, const char *name);
/* The field a constraint is about, by its name: lesson_topic_length of lesson
 * is topic. NULL when the name does not tell. */
const char *ej_err_column(apr_pool_t *pool, const char *table,
                          const char *constraint);

#endif
