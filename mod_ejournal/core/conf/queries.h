/* queries.h: the queries of sql/queries, compiled into the module.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_QUERIES_H
#define EJ_QUERIES_H

#include <stddef.h>

typedef enum {
    EJ_ONE,
    EJ_MANY,
    EJ_GRID,
    EJ_OUTCOMES,
    EJ_REVISION,
    EJ_FILE,
    EJ_EXEC
} ej_kind_t;

/* One named query. */
typedef struct {
    const char *name; /* also the prepared statement's */
    const char *file;
    ej_kind_t kind;
    const char *element; /* EJ_MANY */
    const char *under;   /* EJ_MANY: the query whose rows are the parents */
    const char *key;     /* EJ_MANY under: the column; EJ_GRID: row column */
    const char *column;  /* EJ_GRID: column column */
    const char *list;    /* EJ_MANY: of its header `-- list:`, or NULL */
    const char *sql;     /* with $1::type */
    int nparams;
    const char *const *params; /* names, in order of $n */
} ej_query_t;

/* All queries in the order of their names, made by queries.pl. */
extern const ej_query_t ej_queries[];
extern const int ej_queries_count;
/* The number of the last migration when the module was built. */
extern const int ej_queries_schema;

/* The query of this name, or NULL. */
const ej_query_t *ej_queries_find(const char *name);
/* Whether a feature has queries of a printed form: <feature>_print_… */
int ej_queries_has_print(const char *feature);

#endif
