/* queries.c: reads the query files at configtest, and refuses them unless their
 * queries are those of queries.def.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>

#include <apr_fnmatch.h>
#include <apr_strings.h>

#include "conf/file.h"
#include "conf/queries.h"
#include "text/text.h"

/* The queries of queries.def, which the code uses. */
static const struct {
    const char *name;
    ej_kind_t kind;
    const char *word;
} wanted[] = {
#define EJ_QUERY(name, kind) {#name, EJ_##kind, #kind},
#include "queries.def"
#undef EJ_QUERY
    {NULL, EJ_EXEC, NULL}};

static const char *read_file(apr_hash_t *queries, apr_pool_t *pool,
                             apr_pool_t *ptemp, const char *file);
static int is_wanted(const char *name);
static int by_name(const void *a, const void *b);

/* Files are read in the order of their names, so that every machine reports the
 * same mistake first. */
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
        if (name[0] == '.') /* an editor's lock file */
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
    return wrong ? wrong : ej_query_parse(pool, file, text, length, queries);
}

const char *ej_queries_check(apr_hash_t *queries, apr_pool_t *ptemp,
                             const char *dir)
{
    for (int i = 0; wanted[i].name; i++) {
        const char *name = wanted[i].name;
        const ej_query_t *query =
            apr_hash_get(queries, name, APR_HASH_KEY_STRING);
        if (!query)
            return apr_psprintf(ptemp, "%s: no query %s", dir, name);
        if (query->kind != wanted[i].kind)
            return apr_psprintf(ptemp, "%s: %s is not :%s", query->file, name,
                                ej_text_lower(ptemp, wanted[i].word));
    }
    for (apr_hash_index_t *i = apr_hash_first(ptemp, queries); i;
         i = apr_hash_next(i)) {
        void *query;
        apr_hash_this(i, NULL, NULL, &query);
        if (!is_wanted(((ej_query_t *)query)->name))
            return apr_psprintf(ptemp, "%s: %s: the module never asks for it",
                                ((ej_query_t *)query)->file,
                                ((ej_query_t *)query)->name);
    }
    return NULL;
}

int ej_queries_has_print(const char *feature)
{
    apr_size_t length = strlen(feature);
    for (int i = 0; wanted[i].name; i++)
        if (!strncmp(wanted[i].name, feature, length) &&
            !strncmp(wanted[i].name + length, "_print_", 7))
            return 1;
    return 0;
}

static int is_wanted(const char *name)
{
    for (int i = 0; wanted[i].name; i++)
        if (!strcmp(wanted[i].name, name))
            return 1;
    return 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}
