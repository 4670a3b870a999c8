/* spool.c: temporary files of a request or job: outside the document root (in
 * TMPDIR, by default /tmp) and without a name.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "out/spool.h"

ej_err_t *ej_spool_open(apr_file_t **file, apr_pool_t *pool)
{
    const char *dir = NULL;
    apr_status_t rv = apr_temp_dir_get(&dir, pool);
    char *name = apr_pstrcat(pool, rv == APR_SUCCESS ? dir : "/tmp",
                             "/ejournal.XXXXXX", NULL);
    rv = apr_file_mktemp(file, name,
                         APR_FOPEN_CREATE | APR_FOPEN_READ | APR_FOPEN_WRITE |
                             APR_FOPEN_EXCL,
                         pool);
    if (rv == APR_SUCCESS)
        rv = apr_file_remove(name, pool);
    ej_err_t *err =
        rv == APR_SUCCESS
            ? NULL
            : ej_err(pool, JE500, NULL, "no temporary file");
    if (err)
        err->rv = rv;
    return err;
}
