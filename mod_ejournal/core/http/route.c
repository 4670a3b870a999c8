/* route.c: finds the handler of a method and path.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "http/route.h"

#include <apr_strings.h>
#include <apr_uri.h>
#include <httpd.h>

#include "text/parse.h"

/* Backslashes, TABs and line breaks are refused: a browser reads a backslash as
 * a slash and skips the others, so "/\t/host" would lead to another host. */
int ej_route_is_way(apr_pool_t *pool, const char *path)
{
    apr_uri_t uri;
    if (path[0] != '/' || path[1] == '/')
        return 0;
    for (const char *s = path; *s; s++)
        if (*s == '\\' || (unsigned char)*s < 0x21 || *s == 0x7f)
            return 0;
    return apr_uri_parse(pool, path, &uri) == APR_SUCCESS && !uri.scheme &&
           !uri.hostinfo;
}

const ej_route_t *ej_route_find(const ej_route_t *routes, apr_pool_t *pool,
                                int method, const char *path,
                                apr_table_t *values)
{
    if (!values)
        values = apr_table_make(pool, 4);
    for (const ej_route_t *route = routes; route->path; route++)
        if (route->method == method &&
            ej_parse_path(pool, route->path, path, values))
            return route;
    return NULL;
}

int ej_route_opens(const ej_route_t *route, unsigned roles)
{
    return route->who & roles & ~EJ_MODULES &&
           !(route->who & EJ_MODULES & ~roles);
}

const char *ej_route_methods(const ej_route_t *routes, apr_pool_t *pool,
                             const char *path)
{
    int is_read = ej_route_find(routes, pool, M_GET, path, NULL) != NULL;
    int is_written = ej_route_find(routes, pool, M_POST, path, NULL) != NULL;
    if (!strncmp(path, "/static/", 8))
        return "GET, HEAD, OPTIONS";
    return is_read && is_written ? "GET, HEAD, POST, OPTIONS"
           : is_read             ? "GET, HEAD, OPTIONS"
           : is_written          ? "POST, OPTIONS"
                                 : NULL;
}

/* Whether two patterns match a common path: segment by segment, a name
 * against anything of its type (types are taken to overlap). The first of two
 * rows wins, so it may have a word where the second has a key. */
static int overlap(const char *a, const char *b)
{
    while (*a && *b) {
        apr_size_t name = *b == '{' && *a != '{' ? strcspn(b, "/") : 0;
        if (name > 5 && !strncmp(b + name - 5, "_key}", 5))
            return 0;
        if (*a == '{' || *b == '{') {
            a += strcspn(a, "/");
            b += strcspn(b, "/");
        }
        else if (*a != *b) {
            return 0;
        }
        else {
            a++, b++;
        }
    }
    return *a == *b;
}

const char *ej_route_overlap(const ej_route_t *routes, apr_pool_t *ptemp)
{
    for (const ej_route_t *a = routes; a->path; a++)
        for (const ej_route_t *b = a + 1; b->path; b++)
            if (a->method == b->method && overlap(a->path, b->path))
                return apr_pstrcat(ptemp, "routes ", a->path, " and ", b->path,
                                   " match one request", NULL);
    return NULL;
}
