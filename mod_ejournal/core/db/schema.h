/* schema.h: whether the database has the schema that this module knows.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_SCHEMA_H
#define EJ_SCHEMA_H

#include "db/db.h"

#define EJ_SCHEMA 4 /* the number of the last migration this code knows */

/* Whether the schema is ours and knows every word of our queries: asked once
 * by every child, and again after a while where it does not fit. Says in the
 * log what is wrong. Errors: JE504 it does not fit, JE502 another request is
 * still looking. */
ej_err_t *ej_schema_check(ej_db_t *db);
/* JE504 when a column "schema" of an answer tells of another schema than ours,
 * which is then checked again before the next answer. */
ej_err_t *ej_schema_is_same(const ej_result_t *result,
                            const struct server_rec *s, apr_pool_t *pool);

#endif
