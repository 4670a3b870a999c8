/* queries.c: finds a query among those compiled into the module.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "conf/queries.h"

#include <stdlib.h>
#include <string.h>

static int by_name(const void *name, const void *query)
{
    return strcmp(name, ((const ej_query_t *)query)->name);
}

const ej_query_t *ej_queries_find(const char *name)
{
    return bsearch(name, ej_queries, (size_t)ej_queries_count,
                   sizeof *ej_queries, by_name);
}

int ej_queries_has_print(const char *feature)
{
    size_t length = strlen(feature);
    for (int i = 0; i < ej_queries_count; i++)
        if (!strncmp(ej_queries[i].name, feature, length) &&
            !strncmp(ej_queries[i].name + length, "_print_", 7))
            return 1;
    return 0;
}
