/* schema.h: checks that the database has the schema this module was made for.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_SCHEMA_H
#define EJ_SCHEMA_H

#include "db/db.h"

/* Check that the schema has the right number and that every query can be
 * prepared on it. Each child checks once, and again after a while if the schema
 * does not fit; the log tells what is wrong.
 * Errors: JE504 it does not fit, JE502 another request is still checking. */
ej_err_t *ej_schema_check(ej_db_t *db);
/* JE504 when a result's column "schema" has a number other than
 * ej_queries_schema; the schema is then checked again when the next connection
 * is taken. */
ej_err_t *ej_schema_is_same(const ej_result_t *result,
                            const struct server_rec *s, apr_pool_t *pool);

#endif
