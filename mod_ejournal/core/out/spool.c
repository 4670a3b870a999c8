/* spool.c: temporary files of a request or job: outside the document root (in
 * TMPDIR, by default /tmp) and without a name.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "out/spool.h"

#include <errno.h>
#include <stdlib.h>

#define BUFFER 65536

static const char *dir = "/tmp"; /* written before the threads start */

/* apr_temp_dir_get makes a file on trial, each time it is asked. */
void ej_spool_child(apr_pool_t *pchild)
{
    apr_temp_dir_get(&dir, pchild);
}

const char *ej_spool_dir(void)
{
    return dir;
}

static ej_err_t *no_room(apr_file_t *file, apr_pool_t *pool, apr_status_t rv)
{
    char why[120];
    apr_strerror(rv, why, sizeof why);
    ej_err_t *err =
        ej_err(pool ? pool : apr_file_pool_get(file), JE510, NULL, NULL);
    err->detail = apr_pstrcat(pool ? pool : apr_file_pool_get(file),
                              "temporary file: ", why, NULL);
    return err;
}

apr_status_t ej_spool_named(apr_file_t **file, const char **name,
                            apr_int32_t flags, apr_pool_t *pool)
{
    /* the six signs are a template, which apr_file_mktemp fills in */
    char *made = apr_pstrcat(pool, dir, "/ejournal.XXXXXX", NULL);
    *name = made;
    return apr_file_mktemp(file, made,
                           APR_FOPEN_CREATE | APR_FOPEN_READ | APR_FOPEN_WRITE |
                               APR_FOPEN_EXCL | flags,
                           pool);
}

ej_err_t *ej_spool_folder(const char **path, apr_pool_t *pool)
{
    /* the six signs are a template, which mkdtemp fills in */
    *path = mkdtemp(apr_pstrcat(pool, dir, "/ejournal.XXXXXX", NULL));
    return *path ? NULL : no_room(NULL, pool, APR_FROM_OS_ERROR(errno));
}

ej_err_t *ej_spool_open(apr_file_t **file, apr_pool_t *pool)
{
    const char *name;
    apr_status_t rv = ej_spool_named(file, &name, APR_FOPEN_BUFFERED, pool);
    if (rv == APR_SUCCESS)
        rv = apr_file_remove(name, pool);
    if (rv == APR_SUCCESS)
        rv = apr_file_buffer_set(*file, apr_palloc(pool, BUFFER), BUFFER);
    return rv == APR_SUCCESS ? NULL : no_room(NULL, pool, rv);
}

ej_err_t *ej_spool_put(apr_file_t *file, const void *bytes, apr_size_t length)
{
    apr_status_t rv = apr_file_write_full(file, bytes, length, NULL);
    return rv == APR_SUCCESS ? NULL : no_room(file, NULL, rv);
}

/* A text stands behind its length; NULL has the length -1. */
ej_err_t *ej_spool_put_row(apr_file_t *file, const char *const *texts, int n)
{
    for (int i = 0; i < n; i++) {
        apr_int32_t length = texts[i] ? (apr_int32_t)strlen(texts[i]) : -1;
        EJ_TRY(ej_spool_put(file, &length, sizeof length));
        if (length > 0)
            EJ_TRY(ej_spool_put(file, texts[i], (apr_size_t)length));
    }
    return NULL;
}

int ej_spool_next_row(const char **texts, int n, apr_file_t *file,
                      apr_pool_t *pool)
{
    for (int i = 0; i < n; i++) {
        apr_int32_t length;
        texts[i] = NULL;
        if (apr_file_read_full(file, &length, sizeof length, NULL) !=
            APR_SUCCESS)
            return 0;
        if (length < 0)
            continue;
        char *text = apr_palloc(pool, (apr_size_t)length + 1);
        if (length && apr_file_read_full(file, text, (apr_size_t)length,
                                         NULL) != APR_SUCCESS)
            return 0;
        text[length] = '\0';
        texts[i] = text;
    }
    return 1;
}

ej_err_t *ej_spool_rewind(apr_off_t *length, apr_file_t *file)
{
    apr_off_t end = 0, begin = 0;
    apr_status_t rv = apr_file_flush(file);
    if (rv == APR_SUCCESS)
        rv = apr_file_seek(file, APR_END, &end);
    if (rv == APR_SUCCESS)
        rv = apr_file_seek(file, APR_SET, &begin);
    if (length)
        *length = end;
    return rv == APR_SUCCESS ? NULL : no_room(file, NULL, rv);
}
