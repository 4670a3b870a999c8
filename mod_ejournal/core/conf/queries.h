/* queries.h: reads the query files at configtest.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_QUERIES_H
#define EJ_QUERIES_H

#include "text/query.h"

/* Read every *.sql file of dir into *queries; NULL or the line to show at
 * configtest. */
const char *ej_queries_load(apr_hash_t **queries, apr_pool_t *pool,
                            apr_pool_t *ptemp, const char *dir);

/* Check that these are the queries of queries.def, each of its kind. NULL or
 * the line to show at configtest; dir is for that line. */
const char *ej_queries_check(apr_hash_t *queries, apr_pool_t *ptemp,
                             const char *dir);
/* Whether a feature has queries of a printed form: <feature>_print_… */
int ej_queries_has_print(const char *feature);

#endif
