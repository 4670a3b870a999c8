/* record.c: the handlers of a list of records (EJ_RECORDS in routes.def).
 *
 * The names of the queries begin with the feature's name.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/ctx.h"

/* The name of one of the feature's queries: rooms_head. */
static const char *name_of(const ej_ctx_t *c, const char *query)
{
    return apr_pstrcat(c->pool, c->route->feature, "_", query, NULL);
}

/* Queue the rows of a query that not every feature has. */
static void queue_optional(ej_ctx_t *c, ej_params_t *p, const char *query)
{
    if (ej_queries_find(name_of(c, query)))
        ej_page_rows(c, ej_page_node(c), name_of(c, query), p);
}

ej_err_t *ej_record_list(ej_ctx_t *c)
{
    static const ej_field_t year[] = {
        {"year", EJ_NUMBER, .min = 2000, .max = 2099}, {0}};
    ej_params_t *p = ej_page_params(c);
    const char *head = name_of(c, "head"), *rows = name_of(c, "rows");
    const ej_query_t *found = ej_queries_find(rows);
    if (ej_queries_find(name_of(c, "years")))
        EJ_TRY(ej_form_read(p, year));
    if (found && found->list)
        EJ_TRY(ej_page_list(c, head, rows, p));
    else
        ej_page_rows(c, ej_page_row(c, head, p), rows, p);
    queue_optional(c, p, "years");
    queue_optional(c, p, "choices");
    return ej_page_done(c, ej_page_node(c), p);
}

ej_err_t *ej_record_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_row(c, name_of(c, "show"), p);
    queue_optional(c, p, "choices");
    return NULL;
}

ej_err_t *ej_record_save(ej_ctx_t *c)
{
    const char *path = c->route->path;
    apr_size_t length = 1 + strcspn(path + 1, "/");
    return ej_page_save(c, c->route->fields, name_of(c, "save"),
                        apr_pstrndup(c->pool, path, length));
}
