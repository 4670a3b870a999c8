/* list.c: long lists, page by page: by number, or by the key of a row.
 *
 * A list by key reads only the rows of its page, however many come before it:
 * its query begins behind the key in the order of an index.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/list.h"

#include <stdlib.h>

#include "text/parse.h"

#define LINES "100"         /* rows of a page by key */
#define NUMBERED_LINES "60" /* rows of a page by number */

/* Read a key `123.45` of the query string into <name>_key and <name>_id. */
static ej_err_t *read_key(ej_ctx_t *c, ej_params_t *p, const char *name)
{
    ej_id_t id;
    const char *key = ej_params_get(p, name);
    if (!key || !*key)
        return NULL;
    apr_size_t length = strcspn(key, ".");
    if (!key[length] || !ej_parse_id(&id, key, length) ||
        !ej_parse_id(&id, key + length + 1, strlen(key + length + 1)))
        return ej_page_err(c, JE102, name, key);
    ej_params_set(p, apr_pstrcat(c->pool, name, "_key", NULL),
                  apr_pstrmemdup(c->pool, key, length));
    ej_params_set(p, apr_pstrcat(c->pool, name, "_id", NULL), key + length + 1);
    return NULL;
}

static ej_err_t *queue_by_key(ej_ctx_t *c, const char *head, const char *rows,
                              ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"after", EJ_LINE, .max = 40}, {"before", EJ_LINE, .max = 40}, {0}};
    EJ_TRY(ej_form_read(p, fields));
    EJ_TRY(read_key(c, p, "after"));
    EJ_TRY(read_key(c, p, "before"));
    ej_params_set(p, "lines", LINES);
    ej_node_t *node = ej_page_row(c, head, p);
    c->list_at = EJ_IS_TABLE(c->format) ? -1 : c->queue->nelts;
    ej_page_stream(c, node, rows, p);
    return NULL;
}

ej_err_t *ej_page_list(ej_ctx_t *c, const char *head, const char *rows,
                       ej_params_t *p)
{
    const ej_query_t *query = ej_queries_find(rows);
    const char *list = query && query->list ? query->list : "";
    if (!strncmp(list, "key ", 4))
        return queue_by_key(c, head, rows, p);
    if (strncmp(list, "sort ", 5))
        return ej_err(c->pool, JE500, NULL,
                      apr_pstrcat(c->pool, rows, " declares no list", NULL));
    EJ_TRY(ej_form_list(p, list + 5));
    ej_params_set(p, "lines", NUMBERED_LINES);
    ej_page_stream(c, ej_page_row(c, head, p), rows, p);
    return NULL;
}

/* ------------------------------------------------------- after a save -- */

ej_err_t *ej_page_saved(ej_ctx_t *c, const char *path, ej_params_t *p)
{
    c->is_saved = 1;
    return ej_page_see_other(c, path, p);
}

ej_err_t *ej_page_save(ej_ctx_t *c, const ej_field_t *fields, const char *query,
                       const char *path)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, query, p);
    return ej_page_saved(c, path, p);
}

/* The id of the record that a save added (ej.add_row), or NULL. */
static const char *added_id(const ej_ctx_t *c)
{
    const ej_result_t *rows = c->outcome_rows;
    int field = rows ? ej_result_column(rows, "field") : -1;
    int value = rows ? ej_result_column(rows, "value") : -1;
    ej_id_t id;
    if (field < 0 || value < 0 || !ej_result_rows(rows) ||
        ej_result_get(rows, 0, field))
        return NULL;
    const char *made = ej_result_get(rows, 0, value);
    return made && ej_parse_id(&id, made, strlen(made)) ? made : NULL;
}

/* The id in the address of the record that a form changed: the last one. */
static const char *changed_id(const ej_ctx_t *c)
{
    const apr_array_header_t *values = apr_table_elts(c->request->values);
    return values->nelts
               ? APR_ARRAY_IDX(values, values->nelts - 1, apr_table_entry_t).val
               : NULL;
}

/* Append to made the pairs of the form's query string, which is that of the
 * list, but for those of an earlier save. */
static void keep_query(apr_array_header_t *made, ej_ctx_t *c)
{
    char *last, *args = apr_pstrdup(c->pool, c->r->args ? c->r->args : "");
    for (char *pair = apr_strtok(args, "&", &last); pair;
         pair = apr_strtok(NULL, "&", &last))
        if (strncmp(pair, "done=", 5) && strncmp(pair, "saved=", 6) &&
            strncmp(pair, "format=", 7)) {
            APR_ARRAY_PUSH(made, const char *) = pair;
            APR_ARRAY_PUSH(made, const char *) = "&";
        }
}

void ej_list_return(ej_ctx_t *c)
{
    if (!c->is_saved || !c->location)
        return;
    const char *is_removed = ej_params_get(c->params, "is_removed");
    const char *added = added_id(c);
    const char *id = added ? added : changed_id(c);
    apr_array_header_t *made = apr_array_make(c->pool, 16, sizeof(char *));
    APR_ARRAY_PUSH(made, const char *) = c->location;
    APR_ARRAY_PUSH(made, const char *) = "?";
    keep_query(made, c);
    if (is_removed && *is_removed == 't')
        APR_ARRAY_PUSH(made, const char *) = "done=removed";
    else {
        APR_ARRAY_PUSH(made, const char *) =
            added || !id ? "done=added" : "done=changed";
        if (id)
            APR_ARRAY_PUSH(made, const char *) =
                apr_pstrcat(c->pool, "&saved=", id, "#saved", NULL);
    }
    c->location = apr_array_pstrcat(c->pool, made, 0);
}

ej_err_t *ej_page_done(ej_ctx_t *c, ej_node_t *list, ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"done", EJ_CHOICE, .words = "added changed removed"}, {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_page_set(c, list, "done", ej_params_get(p, "done"));
    return NULL;
}

/* The number of different keys: a key may have several rows in a row. */
static int count_keys(const ej_result_t *rows, int column)
{
    int n = 0;
    for (int i = 0; i < ej_result_rows(rows); i++)
        n += !i || strcmp(ej_result_get(rows, i, column),
                          ej_result_get(rows, i - 1, column));
    return n;
}

/* Whether the query says of its first row that no row is before it. */
static int is_first(const ej_result_t *rows)
{
    int column = ej_result_column(rows, "is_first");
    const char *is = column < 0 ? NULL : ej_result_get(rows, 0, column);
    return is && *is == 't';
}

void ej_list_links(ej_ctx_t *c)
{
    if (c->list_at < 0 || c->list_at >= c->done)
        return;
    const ej_entry_t *entry = &APR_ARRAY_IDX(c->queue, c->list_at, ej_entry_t);
    int last = ej_result_rows(entry->result) - 1;
    int column = ej_result_column(entry->result, entry->query->list + 4);
    if (last < 0 || column < 0)
        return;
    int is_back = ej_params_get(c->params, "before_key") != NULL;
    int is_forth = ej_params_get(c->params, "after_key") != NULL;
    if (is_back || count_keys(entry->result, column) == atoi(LINES))
        ej_xml_set(entry->parent, "next",
                   ej_result_get(entry->result, last, column));
    if (is_forth || (is_back && !is_first(entry->result)))
        ej_xml_set(entry->parent, "previous",
                   ej_result_get(entry->result, 0, column));
}
