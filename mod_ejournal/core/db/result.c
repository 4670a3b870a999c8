/* result.c: reads rows and columns of a PGresult.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "db/result.h"

#include <string.h>

#include <libpq-fe.h>

#define BOOL_OID 16

static const PGresult *rows(const ej_result_t *result)
{
    return (const PGresult *)result;
}

int ej_result_rows(const ej_result_t *result)
{
    return PQntuples(rows(result));
}

int ej_result_columns(const ej_result_t *result)
{
    return PQnfields(rows(result));
}

const char *ej_result_name(const ej_result_t *result, int column)
{
    return PQfname(rows(result), column);
}

/* PQfnumber is not used: it folds case and reads quotes. */
int ej_result_column(const ej_result_t *result, const char *name)
{
    for (int i = 0; i < PQnfields(rows(result)); i++)
        if (!strcmp(PQfname(rows(result), i), name))
            return i;
    return -1;
}

const char *ej_result_get(const ej_result_t *result, int row, int column)
{
    const char *value = PQgetvalue(rows(result), row, column);
    /* NULL reads as "" too; only an empty value needs the second call */
    return value && (*value || !PQgetisnull(rows(result), row, column)) ? value
                                                                        : NULL;
}

int ej_result_is_bool(const ej_result_t *result, int column)
{
    return PQftype(rows(result), column) == BOOL_OID;
}
