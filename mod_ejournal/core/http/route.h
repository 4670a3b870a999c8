/* route.h: finds the handler of a method and path.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_ROUTE_H
#define EJ_ROUTE_H

#include <apr_tables.h>

#include "ej.h"

typedef ej_err_t *(*ej_handler_t)(ej_ctx_t *c);

/* One address of routes.def. The table of all ends in a row of zeros. */
typedef struct ej_route_t {
    int method; /* M_GET or M_POST */
    const char *path;
    ej_handler_t handler;
    unsigned who;
    const char *feature;      /* "journal" of ej_journal_show */
    const char *view;         /* "show" */
    const ej_field_t *fields; /* EJ_RECORDS: of the form; else NULL */
    /* EJ_LIMITS; zero and NULL without */
    int upload_kb;     /* size of a form with files */
    const char *types; /* ends of the files' names: "csv xlsx" */
    int seconds;       /* until a page must be made */
} ej_route_t;

/* Find the route of a method and path, and put the values of the path's names
 * into values (may be NULL). NULL when there is no such route. */
const ej_route_t *ej_route_find(const ej_route_t *routes, apr_pool_t *pool,
                                int method, const char *path,
                                apr_table_t *values);
/* Whether a person with these roles and modules (EJ_… in ej.h) may use a route:
 * one of its roles, and each of the modules it names. */
int ej_route_opens(const ej_route_t *route, unsigned roles);
/* The methods of a path, for Allow: "GET, HEAD, POST, OPTIONS"; NULL when there
 * is no such path. */
const char *ej_route_methods(const ej_route_t *routes, apr_pool_t *pool,
                             const char *path);
/* NULL, or the line to show at configtest when two routes match one request. */
const char *ej_route_overlap(const ej_route_t *routes, apr_pool_t *ptemp);
/* Whether a path below the mount may be used in a link or redirect: read as
 * browsers read it, it does not lead to another host. */
int ej_route_is_way(apr_pool_t *pool, const char *path);

#endif
