/* fuzz_queries.c: ej_query_parse. Either one line of what is wrong, or
 * queries that have all that their kind needs.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fuzz.h"

void run(apr_pool_t *pool, const char *text, size_t length)
{
    apr_hash_t *queries = apr_hash_make(pool);
    const char *wrong = ej_query_parse(pool, "f.sql", text, length, queries);
    if (wrong)
        HOLDS(!strncmp(wrong, "f.sql:", 6) && !strchr(wrong, '\n'));

    for (apr_hash_index_t *i = apr_hash_first(pool, queries); i;
         i = apr_hash_next(i)) {
        const ej_query_t *query = apr_hash_this_val(i);
        HOLDS(!strncmp(query->name, "f_", 2) && *query->sql);
        HOLDS(query->kind != EJ_MANY || query->element);
        HOLDS(query->kind != EJ_GRID || (query->key && query->column));
        HOLDS(!query->under || query->key);
        HOLDS(ej_text_is_clean(query->sql, strlen(query->sql), 1));
        for (int n = 0; n < query->nparams; n++) {
            HOLDS(*query->params[n]);
            HOLDS(strstr(query->sql, apr_psprintf(pool, "$%d::", n + 1)));
        }
    }
}
