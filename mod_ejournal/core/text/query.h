/* query.h: parses the query files of sql/queries.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_QUERY_H
#define EJ_QUERY_H

#include <apr_hash.h>
#include <apr_tables.h>

typedef enum {
    EJ_ONE,
    EJ_MANY,
    EJ_GRID,
    EJ_OUTCOMES,
    EJ_REVISION,
    EJ_EXEC
} ej_kind_t;

/* One named query of sql/queries. */
typedef struct {
    const char *name; /* also the prepared statement's */
    const char *file;
    ej_kind_t kind;
    const char *element; /* EJ_MANY */
    const char *under;   /* EJ_MANY: the query whose rows are the parents */
    const char *key;     /* EJ_MANY under: the column; EJ_GRID: row column */
    const char *column;  /* EJ_GRID: column column */
    const char *sql;     /* with $1::type */
    int nparams;
    const char **params; /* names, in order of $n */
} ej_query_t;

/* Parse one query file and add its queries to queries (name -> ej_query_t *).
 * Returns NULL or one line with file, line number and mistake: an unknown
 * header, declared and used parameters that differ, a name that does not begin
 * with the file's name, a name used twice. */
const char *ej_query_parse(apr_pool_t *pool, const char *file, const char *text,
                           apr_size_t length, apr_hash_t *queries);

#endif
