/* routes.c: routes.def as a table, which is passed to the core at configtest.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <apr_strings.h>
#include <httpd.h>

#include "config.h"
#include "conf/queries.h"
#include "http/route.h"
#include "out/sheets.h"

/* The field feature holds the handler's name until ej_config_routes splits it
 * into feature and view. */
#define GET M_GET
#define POST M_POST
#define EJ_ROW(m, p, h, w, name, f)                                            \
    {.method = m,                                                              \
     .path = p,                                                                \
     .handler = h,                                                             \
     .who = w,                                                                 \
     .feature = name,                                                          \
     .fields = f},
#define EJ_ROUTE(method, path, handler, who)                                   \
    EJ_ROW(method, path, handler, who, #handler, NULL)
#define EJ_RECORD(method, path, verb, feature, who)                            \
    EJ_ROW(method, path, ej_record_##verb, who, "ej_" #feature "_" #verb,      \
           ej_##feature##_fields)
#define EJ_RECORDS(path, id, feature, readers, keepers)                        \
    EJ_RECORD(GET, path, list, feature, readers)                               \
    EJ_RECORD(POST, path, save, feature, keepers)                              \
    EJ_RECORD(GET, path "/{" id "}", show, feature, keepers)                   \
    EJ_RECORD(POST, path "/{" id "}", save, feature, keepers)
#define EJ_LIMITS(path, upload_kb, types, seconds)
static const ej_route_t table[] = {
#include "routes.def"
    {0}};
#undef EJ_ROUTE
#undef EJ_RECORDS
#undef EJ_LIMITS

#define EJ_ROUTE(method, path, handler, who)
#define EJ_RECORDS(path, id, feature, readers, keepers)
#define EJ_LIMITS(path, upload_kb, types, seconds)                             \
    {POST, path, NULL, 0, NULL, NULL, NULL, upload_kb, types, seconds},
static const ej_route_t limits[] = {
#include "routes.def"
    {0}};
#undef EJ_ROUTE
#undef EJ_RECORDS
#undef EJ_LIMITS
#undef GET
#undef POST

static void set_limits(ej_route_t *route)
{
    for (const ej_route_t *limit = limits; limit->path; limit++)
        if (limit->method == route->method &&
            !strcmp(limit->path, route->path)) {
            route->upload_kb = limit->upload_kb;
            route->types = limit->types;
            route->seconds = limit->seconds;
        }
}

const ej_route_t *ej_config_routes(apr_pool_t *pool)
{
    ej_route_t *routes = apr_pmemdup(pool, table, sizeof table);
    for (ej_route_t *route = routes; route->path; route++) {
        const char *feature = route->feature + strlen("ej_");
        const char *view = strchr(feature, '_');
        route->feature = apr_pstrmemdup(pool, feature, view - feature);
        route->view = view + 1;
        set_limits(route);
    }
    return routes;
}

apr_array_header_t *ej_config_features(apr_pool_t *pool,
                                       const ej_route_t *routes)
{
    apr_array_header_t *features = apr_array_make(pool, 16, sizeof(char *));
    for (const ej_route_t *route = routes; route->path; route++) {
        int i = 0;
        while (i < features->nelts &&
               strcmp(APR_ARRAY_IDX(features, i, const char *), route->feature))
            i++;
        if (i == features->nelts)
            APR_ARRAY_PUSH(features, const char *) = route->feature;
    }
    return features;
}

const char *ej_config_check_routes(const ej_server_t *conf, apr_pool_t *ptemp,
                                   const apr_array_header_t *features)
{
    const char *wrong = ej_route_overlap(conf->routes, ptemp);
    for (int i = 0; !wrong && i < features->nelts; i++) {
        const char *feature = APR_ARRAY_IDX(features, i, const char *);
        const char *print = apr_pstrcat(ptemp, "print/", feature, NULL);
        const char *missing =
            !ej_sheets_have(conf, feature) ? feature
            : ej_queries_has_print(feature) && !ej_sheets_have(conf, print)
                ? print
                : NULL;
        if (missing)
            wrong = apr_pstrcat(ptemp, "feature ", feature, ": no sheet ",
                                conf->share, "/xslt/", missing, ".xsl", NULL);
    }
    return wrong;
}
