/* route.c: method and path to handler, from routes.def.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ctx.h"

#include <apr_uri.h>
#include <ctype.h>

#define GET M_GET
#define POST M_POST
#define EJ_ROUTE(method, path, handler, who)                                   \
    {method, path, handler, who, #handler, NULL},
static const ej_route_t routes[] = {
#include "../routes.def"
    {0, NULL, NULL, 0, NULL, NULL}};
#undef EJ_ROUTE
#undef GET
#undef POST

/* Feature and view are the two words of the handler's name: ej_<f>_<v>. */
static const char *word(const char *handler, int nth, apr_pool_t *pool)
{
    const char *from = handler + 3;
    const char *to = strchr(from, '_');
    return nth == 0 ? apr_pstrmemdup(pool, from, to - from)
                    : apr_pstrdup(pool, to + 1);
}

const char *ej_route_feature(int i, apr_pool_t *pool)
{
    return routes[i].path ? word(routes[i].feature, 0, pool) : NULL;
}

const char *ej_route_below(const request_rec *r, const ej_mount_t *mount)
{
    apr_size_t length = strlen(mount->base);
    if (strncmp(r->uri, mount->base, length))
        return NULL;
    if (r->uri[length] == '\0')
        return "/";
    return r->uri[length] == '/' ? r->uri + length : NULL;
}

/* A browser takes a backslash for a slash, and leaves out TAB and line breaks.
 */
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

const char *ej_way_back(ej_ctx_t *c, const char *path)
{
    int other;
    if (!path || strlen(path) > 1000 || !ej_route_is_way(c->pool, path))
        return "/";
    const char *plain = apr_pstrmemdup(c->pool, path, strcspn(path, "?"));
    return ej_route_find(c->pool, M_GET, plain, NULL, &other) ? path : "/";
}

int ej_route_is_static(const char *below)
{
    return !strncmp(below, "/static/", 8);
}

int ej_route_is_bare(const char *below)
{
    return !strcmp(below, "/health") || !strcmp(below, "/error");
}

const ej_route_t *ej_route_find(apr_pool_t *pool, int method, const char *path,
                                apr_table_t *params, int *other)
{
    apr_table_t *values = params ? params : apr_table_make(pool, 4);

    *other = 0;
    for (const ej_route_t *route = routes; route->path; route++) {
        if (!ej_parse_path(pool, route->path, path, values))
            continue;
        if (route->method == method) {
            ej_route_t *found = apr_pmemdup(pool, route, sizeof *route);
            found->feature = word(route->feature, 0, pool);
            found->view = word(route->feature, 1, pool);
            return found;
        }
        *other = 1;
    }
    return NULL;
}

const char *ej_route_methods(apr_pool_t *pool, const char *path)
{
    int other;
    int is_read = ej_route_find(pool, M_GET, path, NULL, &other) != NULL;
    int is_written = ej_route_find(pool, M_POST, path, NULL, &other) != NULL;
    if (ej_route_is_static(path))
        return "GET, HEAD, OPTIONS";
    return is_read && is_written ? "GET, HEAD, POST, OPTIONS"
           : is_read             ? "GET, HEAD, OPTIONS"
           : is_written          ? "POST, OPTIONS"
                                 : NULL;
}

/* Whether two patterns match a common path: segment by segment, a name
 * against anything of its type (types are taken to overlap). */
static int overlap(const char *a, const char *b)
{
    while (*a && *b) {
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

const char *ej_route_check(apr_pool_t *ptemp, const ej_server_t *conf)
{
    for (const ej_route_t *a = routes; a->path; a++) {
        const char *feature = word(a->feature, 0, ptemp);
        for (const ej_route_t *b = a + 1; b->path; b++)
            if (a->method == b->method && overlap(a->path, b->path))
                return apr_pstrcat(ptemp, "routes ", a->path, " and ", b->path,
                                   " match one request", NULL);
        if (!ej_out_has_sheet(conf, feature))
            return apr_pstrcat(ptemp, "route ", a->path, ": no sheet ",
                               conf->share, "/xslt/", feature, ".xsl", NULL);
        if (ej_queries_has_print(feature) &&
            !ej_out_has_sheet(conf,
                              apr_pstrcat(ptemp, "print/", feature, NULL)))
            return apr_pstrcat(ptemp, "route ", a->path, ": no sheet ",
                               conf->share, "/xslt/print/", feature, ".xsl",
                               NULL);
    }
    return NULL;
}
