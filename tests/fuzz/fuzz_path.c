/* fuzz_path.c: ej_parse_path with every route and with routes of the fuzzer,
 * ej_parse_id, ej_parse_number. Input: a path; or pattern, line break, path.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <limits.h>

#include "fuzz.h"

static const char *const routes[] = {
#define EJ_ROUTE(method, path, handler, who) path,
#define EJ_RECORDS(path, id, feature, readers, keepers) path, path "/{" id "}",
#define EJ_LIMITS(path, kilobytes, types, seconds)
#include "routes.def"
#undef EJ_LIMITS
#undef EJ_RECORDS
#undef EJ_ROUTE
};

static void check(apr_pool_t *pool, const char *pattern, const char *path)
{
    apr_table_t *params = apr_table_make(pool, 4);
    int is_match = ej_parse_path(pool, pattern, path, params);
    const apr_table_entry_t *entry = (const void *)apr_table_elts(params)->elts;
    HOLDS(is_match || !apr_table_elts(params)->nelts);
    for (int i = 0; i < apr_table_elts(params)->nelts; i++)
        HOLDS(!strpbrk(entry[i].val, "/\"'<>&% \n"));
}

void run(apr_pool_t *pool, const char *text, size_t length)
{
    ej_id_t id = 0;
    int number = 0;
    HOLDS(!ej_parse_id(&id, text, length) || id > 0);
    HOLDS(!ej_parse_number(&number, text, -5, INT_MAX) || number >= -5);
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++)
        check(pool, routes[i], text);
    char *pattern = apr_pstrmemdup(pool, text, length);
    char *path = strchr(pattern, '\n');
    if (path) {
        *path++ = '\0';
        check(pool, pattern, path);
    }
}
