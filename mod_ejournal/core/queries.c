/* queries.c: reads the query files at configtest.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>

#include <apr_fnmatch.h>

#include "core.h"

static const char *read_file(apr_hash_t *queries, apr_pool_t *pool,
                             apr_pool_t *ptemp, const char *file);
static int by_name(const void *a, const void *b);

/* Files are read in the order of their names, so that what is wrong is told
 * the same on every machine. dir itself holds the files. */
const char *ej_queries_load(apr_hash_t **queries, apr_pool_t *pool,
                            apr_pool_t *ptemp, const char *dir)
{
    apr_array_header_t *files;
    apr_status_t rv =
        apr_match_glob(apr_pstrcat(ptemp, dir, "/*.sql", NULL), &files, ptemp);
    if (rv != APR_SUCCESS)
        return apr_psprintf(pool, "%s: %pm", dir, &rv);
    if (!files->nelts)
        return apr_psprintf(pool, "%s: no query files", dir);

    qsort(files->elts, (size_t)files->nelts, (size_t)files->elt_size, by_name);
    *queries = apr_hash_make(pool);
    for (int i = 0; i < files->nelts; i++) {
        const char *name = APR_ARRAY_IDX(files, i, const char *);
        if (name[0] == '.') /* an editor's lock */
            continue;
        const char *wrong = read_file(*queries, pool, ptemp,
                                      apr_pstrcat(pool, dir, "/", name, NULL));
        if (wrong)
            return wrong;
    }
    return NULL;
}

static const char *read_file(apr_hash_t *queries, apr_pool_t *pool,
                             apr_pool_t *ptemp, const char *file)
{
    const char *text, *wrong;
    apr_size_t length;
    wrong = ej_file_read(&text, &length, pool, ptemp, file);
    return wrong ? wrong : ej_parse_queries(pool, file, text, length, queries);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}
