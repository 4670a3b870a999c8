/* file.c: reads a file that came with a form, as bytes or as a table.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <apr_escape.h>

#include "ej.h"
#include "in/workbook.h"

ej_err_t *ej_in_bytea(const char **literal, apr_pool_t *pool,
                      const ej_file_t *file)
{
    apr_off_t start = 0;
    apr_size_t length = (apr_size_t)file->size;
    char *bytes = apr_palloc(pool, length + 1);
    apr_status_t rv = apr_file_seek(file->file, APR_SET, &start);
    if (rv == APR_SUCCESS && length)
        rv = apr_file_read_full(file->file, bytes, length, NULL);
    if (rv != APR_SUCCESS) {
        ej_err_t *err =
            ej_err(pool, JE510, file->field, "cannot read the file");
        err->rv = rv;
        return err;
    }
    *literal =
        apr_pstrcat(pool, "\\x", apr_pescape_hex(pool, bytes, length, 0), NULL);
    return NULL;
}

/* Read the whole file; its size is limited by the route. */
static apr_status_t read_csv(ej_code_t *code, ej_rows_t *rows, apr_pool_t *pool,
                             const ej_file_t *file)
{
    apr_size_t length = (apr_size_t)file->size;
    char *text = apr_pcalloc(pool, length + 1);
    apr_status_t rv = length
                          ? apr_file_read_full(file->file, text, length, NULL)
                          : APR_SUCCESS;
    if (rv == APR_SUCCESS)
        *code = ej_rows_csv(rows, text, length);
    return rv;
}

ej_err_t *ej_in_table(const char **json, apr_pool_t *pool,
                      const ej_file_t *file, int max)
{
    apr_pool_t *own; /* the archive is closed with it */
    apr_off_t start = 0;
    ej_code_t code = EJ_OK;
    apr_pool_create(&own, pool);
    ej_rows_t *rows = ej_rows_new(own, max);
    const char *dot = strrchr(file->name, '.');
    apr_status_t rv = apr_file_seek(file->file, APR_SET, &start);
    if (rv == APR_SUCCESS && dot && !strcasecmp(dot, ".xlsx"))
        code = ej_workbook_read(rows, own, file->file);
    else if (rv == APR_SUCCESS)
        rv = read_csv(&code, rows, own, file);
    const char *made = rv || code ? NULL : ej_rows_json(rows);
    if (made)
        *json = apr_pstrdup(pool, made);
    apr_pool_destroy(own);
    if (made)
        return NULL;
    ej_err_t *err = ej_err(pool,
                           rv     ? JE510
                           : code ? code
                                  : JE107,
                           file->field, "table in a file");
    err->rv = rv;
    return err;
}
