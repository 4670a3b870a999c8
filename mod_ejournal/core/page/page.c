/* page.c: the queue of a page's queries, and the transaction that runs it.
 *
 *   BEGIN (GET: REPEATABLE READ READ ONLY; EJ_LOGGED: without READ ONLY),
 *   ej.enter, the queue, COMMIT
 *
 * are sent as one pipeline. The connection is given back before the document is
 * built, and the reply is sent only after COMMIT was answered. How an unchanged
 * page is answered with 304 is in revision.c; the request itself in handle.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/page.h"

#include <stdlib.h>

#include "http/origin.h"
#include "out/out.h"
#include "out/send.h"
#include "page/outcome.h"
#include "page/stream.h"
#include "page/taken.h"
#include "text/text.h"

/* ----------------------------------------------------------- the queue -- */

apr_pool_t *ej_page_pool(const ej_ctx_t *c)
{
    return c->pool;
}

ej_params_t *ej_page_params(ej_ctx_t *c)
{
    return c->params;
}

unsigned ej_page_roles(const ej_ctx_t *c)
{
    return c->identity ? c->identity->roles : 0;
}

int ej_page_is_logged(const ej_ctx_t *c)
{
    return !c->is_write && c->route && c->route->who & EJ_LOGGED;
}

int ej_page_is_print(const ej_ctx_t *c)
{
    return c->format == EJ_PRINT || c->is_reading;
}

const char *ej_page_refused(const ej_ctx_t *c)
{
    return !c->refusal ? NULL : c->refusal->field ? c->refusal->field : "";
}

void ej_page_view(ej_ctx_t *c, const char *view)
{
    c->view = view;
}

void ej_page_form(ej_ctx_t *c, const char *form)
{
    c->form = form;
}

void ej_page_set(ej_ctx_t *c, ej_node_t *node, const char *name,
                 const char *value)
{
    ej_digest_add(c->etag, name, strlen(name));
    ej_digest_add(c->etag, value, value ? strlen(value) : 0);
    ej_xml_set(node, name, value);
}

ej_node_t *ej_page_node(ej_ctx_t *c)
{
    if (!c->node)
        c->node = ej_xml_add(ej_xml_page(c->doc), c->route->feature);
    return c->node;
}

ej_node_t *ej_page_add(ej_ctx_t *c, ej_node_t *parent, const char *name)
{
    ej_digest_add(c->etag, name, strlen(name));
    return ej_xml_add(parent, name);
}

void ej_page_routes(ej_ctx_t *c, ej_node_t *parent, unsigned roles)
{
    const ej_route_t *route = c->request->conf->routes;
    roles |= EJ_SESSION | (c->identity->roles & EJ_MODULES);
    for (; route->path; route++)
        if (ej_route_opens(route, roles) && !(route->who & EJ_ANYONE)) {
            ej_node_t *node = ej_xml_add(parent, "route");
            ej_page_set(c, node, "method",
                        route->method == M_GET ? "GET" : "POST");
            ej_page_set(c, node, "path", route->path);
        }
}

/* The values of a query's parameters, by name; NULL for one that the handler
 * left out. */
static const char **values_of(ej_ctx_t *c, const ej_query_t *query,
                              const ej_params_t *p)
{
    const char **values =
        apr_pcalloc(c->run, sizeof(char *) * (query->nparams + 1));
    for (int i = 0; i < query->nparams; i++)
        values[i] = strcmp(query->params[i], "fields")
                        ? ej_params_get(p, query->params[i])
                        : ej_params_json(p);
    return values;
}

static void set_entry(ej_entry_t *entry, ej_ctx_t *c, const char *name,
                      const ej_params_t *p)
{
    static const ej_query_t none = {.kind = EJ_EXEC, .name = "none"};
    entry->query = ej_queries_find(name);
    if (!entry->query) { /* ej_page_send reports it */
        c->missing = name;
        entry->query = &none;
    }
    entry->values = values_of(c, entry->query, p);
}

ej_entry_t *ej_page_entry(ej_ctx_t *c, const char *query, const ej_params_t *p)
{
    ej_entry_t *entry = apr_pcalloc(c->run, sizeof *entry);
    set_entry(entry, c, query, p);
    return entry;
}

static ej_entry_t *queue(ej_ctx_t *c, const char *name, ej_node_t *parent,
                         const ej_params_t *p)
{
    ej_entry_t *entry = apr_array_push(c->queue);
    set_entry(entry, c, name, p);
    entry->parent = parent;
    entry->nodes = apr_array_make(c->run, 8, sizeof(ej_node_t *));
    return entry;
}

ej_node_t *ej_page_row(ej_ctx_t *c, const char *query, ej_params_t *p)
{
    ej_node_t *node = ej_page_node(c);
    queue(c, query, node, p);
    return node;
}

void ej_page_rows(ej_ctx_t *c, ej_node_t *parent, const char *query,
                  ej_params_t *p)
{
    queue(c, query, parent, p);
}

void ej_page_stream(ej_ctx_t *c, ej_node_t *parent, const char *query,
                    ej_params_t *p)
{
    if (!EJ_IS_TABLE(c->format)) {
        ej_page_rows(c, parent, query, p);
        return;
    }
    ej_params_set(p, "lines", NULL);
    ej_stream_begin(c, ej_page_entry(c, query, p));
}

void ej_page_exec(ej_ctx_t *c, const char *query, ej_params_t *p)
{
    queue(c, query, NULL, p);
}

void ej_page_scope(ej_ctx_t *c, const char *query)
{
    c->scope = ej_page_entry(c, query, c->params);
}

void ej_page_download(ej_ctx_t *c, const char *query, ej_params_t *p)
{
    queue(c, query, NULL, p);
}

void ej_page_calendar(ej_ctx_t *c, const char *head, const char *zone,
                      const char *events, ej_params_t *p)
{
    c->calendar_at = c->queue->nelts;
    queue(c, head, NULL, p);
    queue(c, zone, NULL, p);
    queue(c, events, NULL, p);
}

void ej_page_json(ej_ctx_t *c, const char *query, ej_params_t *p)
{
    c->json_at = c->queue->nelts;
    queue(c, query, NULL, p);
}

/* The columns are queued before the rows, so that in the document the head of
 * the table stands first. */
void ej_page_grid(ej_ctx_t *c, ej_node_t *parent, const char *rows,
                  const char *columns, const char *cells, ej_params_t *p)
{
    int at = c->queue->nelts;
    queue(c, columns, parent, p);
    queue(c, rows, parent, p);
    ej_entry_t *grid = queue(c, cells, parent, p);
    grid->columns = at;
    grid->rows = at + 1;
}

void ej_page_outcomes(ej_ctx_t *c, const char *query, ej_params_t *p)
{
    ej_params_set(p, "operation_sha256", ej_outcome_digest(c, p));
    c->is_once = 1;
    queue(c, query, NULL, p);
}

void ej_page_once(ej_ctx_t *c, const char *query, ej_params_t *p)
{
    c->is_once = 1;
    queue(c, query, NULL, p);
}

int ej_page_can_compose(const ej_ctx_t *c)
{
    const ej_server_t *conf = ej_conf_server(c->r->server);
    return conf->jobs && !access(conf->fet ? conf->fet : EJ_FET, X_OK);
}

int ej_page_can_mail(const ej_ctx_t *c)
{
    return ej_conf_server(c->r->server)->mail != NULL;
}

const char *ej_page_address(ej_ctx_t *c)
{
    return apr_pstrcat(c->pool, ej_origin_self(c->request),
                       c->request->mount->base, NULL);
}

void ej_page_no_store(ej_ctx_t *c)
{
    ej_send_caching(c->r, 1);
}

const char *ej_page_way_back(ej_ctx_t *c, const char *path)
{
    if (!path || strlen(path) > 1000 || !ej_route_is_way(c->pool, path))
        return "/";
    const char *plain = apr_pstrmemdup(c->pool, path, strcspn(path, "?"));
    return ej_route_find(c->request->conf->routes, c->pool, M_GET, plain, NULL)
               ? path
               : "/";
}

ej_err_t *ej_page_see_other(ej_ctx_t *c, const char *path, const ej_params_t *p)
{
    apr_array_header_t *parts = apr_array_make(c->pool, 8, sizeof(char *));
    APR_ARRAY_PUSH(parts, const char *) = c->request->mount->base;
    while (*path) {
        apr_size_t plain = strcspn(path, "{");
        APR_ARRAY_PUSH(parts, const char *) =
            apr_pstrmemdup(c->pool, path, plain);
        path += plain;
        if (*path == '{') {
            apr_size_t length = strcspn(path + 1, "}");
            const char *value =
                ej_params_get(p, apr_pstrmemdup(c->pool, path + 1, length));
            if (value)
                APR_ARRAY_PUSH(parts, const char *) = value;
            path += length + 2;
        }
    }
    c->location = apr_array_pstrcat(c->pool, parts, 0);
    return NULL;
}

/* ------------------------------------------------------------- running -- */

/* Add the new results to the page's ETag; a `:one` or `:file` query without a
 * row is JE401. */
static ej_err_t *read_results(ej_ctx_t *c)
{
    for (int i = c->done; i < c->queue->nelts; i++) {
        ej_entry_t *entry = &APR_ARRAY_IDX(c->queue, i, ej_entry_t);
        ej_taken_add(c, entry->result);
        int rows = ej_result_rows(entry->result);
        int columns = ej_result_columns(entry->result);
        if ((entry->query->kind == EJ_ONE || entry->query->kind == EJ_FILE) &&
            !rows)
            return ej_err(c->pool, JE401, NULL, entry->query->name);
        if (entry->query->kind == EJ_OUTCOMES)
            c->outcome_rows = entry->result;
        if (entry->query->kind == EJ_FILE)
            c->file_rows = entry->result;
        ej_digest_add(c->etag, entry->query->name, strlen(entry->query->name));
        for (int row = 0; row < rows; row++)
            for (int k = 0; k < columns; k++) {
                const char *value = ej_result_get(entry->result, row, k);
                ej_digest_add(c->etag, value, value ? strlen(value) : 0);
            }
    }
    c->done = c->queue->nelts;
    return NULL;
}

/* Statements to be sent together, and the entries that get their results. */
typedef struct {
    apr_array_header_t *steps;   /* ej_step_t */
    apr_array_header_t *entries; /* ej_entry_t *; NULL for other steps */
} batch_t;

static batch_t batch_make(ej_ctx_t *c)
{
    int n = c->queue->nelts + 5;
    return (batch_t){apr_array_make(c->run, n, sizeof(ej_step_t)),
                     apr_array_make(c->run, n, sizeof(ej_entry_t *))};
}

static ej_step_t *add_step(batch_t *batch, ej_entry_t *entry)
{
    APR_ARRAY_PUSH(batch->entries, ej_entry_t *) = entry;
    return apr_array_push(batch->steps);
}

static void add_text(batch_t *batch, const char *text)
{
    add_step(batch, NULL)->text = text;
}

static void add_query(batch_t *batch, ej_entry_t *entry)
{
    ej_step_t *step = add_step(batch, entry);
    step->query = entry->query;
    step->values = entry->values;
}

/* Add the steps that begin the transaction under the request's session, or
 * under none: the connection must not keep the session of its last user. */
static void add_begin(ej_ctx_t *c, batch_t *batch)
{
    int is_write = (c->is_write && !c->is_reading) || c->is_recording;
    add_text(batch, is_write ? "BEGIN"
                    : ej_page_is_logged(c)
                        ? "BEGIN ISOLATION LEVEL REPEATABLE READ"
                        : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    if (c->is_write && c->route->seconds) /* longer than others may take */
        add_text(batch, apr_psprintf(c->run, "SET LOCAL statement_timeout = %d",
                                     c->route->seconds * 1000));
    ej_step_t *step = add_step(batch, NULL);
    step->query = ej_queries_find("core_enter");
    step->values = apr_pcalloc(c->run, sizeof(char *) * 3);
    step->values[0] = c->identity ? c->identity->digest : NULL;
    step->values[1] = c->r->useragent_ip;
    step->values[2] = is_write || ej_page_is_logged(c) ? c->operation_id : NULL;
}

/* Add the beginning of the page's transaction and its revision, unless they
 * have been sent. */
static void add_page_begin(ej_ctx_t *c, batch_t *batch)
{
    if (c->has_begun)
        return;
    add_begin(c, batch);
    if (c->revision)
        add_query(batch, c->revision);
}

/* What the page's next transaction needs its connection for. */
static ej_purpose_t purpose_of(const ej_ctx_t *c)
{
    return c->is_write || c->is_recording || ej_page_is_logged(c) ? EJ_WRITING
                                                                  : EJ_READING;
}

/* Send a batch and give its entries their results. A write that a read-only
 * standby refuses is JE505; the same of a page that may not write is a fault of
 * ours. */
static ej_err_t *run_batch(ej_ctx_t *c, const batch_t *batch)
{
    ej_step_t *steps = (ej_step_t *)batch->steps->elts;
    ej_err_t *err = ej_db_run(c->db, steps, batch->steps->nelts, c->deadline);
    if (err && !strcmp(err->sqlstate, "25006") && purpose_of(c) == EJ_WRITING) {
        ej_err_t *now =
            ej_err(c->pool, JE505, NULL, "the database is read-only");
        apr_cpystrn(now->sqlstate, err->sqlstate, sizeof now->sqlstate);
        return now;
    }
    for (int i = 0; !err && i < batch->steps->nelts; i++) {
        ej_entry_t *entry = APR_ARRAY_IDX(batch->entries, i, ej_entry_t *);
        if (entry)
            entry->result = steps[i].result;
    }
    return err;
}

ej_err_t *ej_page_ask(ej_ctx_t *c, ej_entry_t *entry)
{
    batch_t batch = batch_make(c);
    if (c->missing)
        return NULL; /* ej_page_send reports it */
    EJ_TRY(ej_db_take(&c->db, purpose_of(c), c->r->server, c->r, c->run));
    add_begin(c, &batch);
    add_query(&batch, entry);
    add_text(&batch, "COMMIT");
    ej_err_t *err = run_batch(c, &batch);
    ej_db_give(c->db);
    c->db = NULL;
    return err;
}

/* Make a step or an allocation of libxml2 fail, or leave the connection dirty,
 * as the request's headers tell. In test builds only. */
static void plant_faults(ej_ctx_t *c)
{
#ifdef EJ_FAULTS
    const char *step = apr_table_get(c->r->headers_in, "X-Ejournal-Fail-Step");
    const char *state = apr_table_get(c->r->headers_in, "X-Ejournal-Leave");
    const char *memory =
        apr_table_get(c->r->headers_in, "X-Ejournal-Fail-Memory");
    ej_out_fail_at(memory ? atol(memory) : 0);
    if (step && c->is_write)
        ej_db_fail_at(c->db, atoi(step));
    if (state && c->identity)
        ej_db_leave(c->db, state, c->identity->digest);
#else
    (void)c;
#endif
}

/* Take a connection, unless the page has one. */
static ej_err_t *take(ej_ctx_t *c)
{
    if (!c->db)
        EJ_TRY(ej_db_take(&c->db, purpose_of(c), c->r->server, c->r, c->run));
    if (!c->is_write) /* the client may have left while it waited */
        EJ_TRY(ej_send_is_wanted(c->r));
    plant_faults(c);
    return NULL;
}

/* Ask the scope with the parameters that the handler has read by now, and set
 * its columns as parameters of the queued queries. */
static ej_err_t *resolve_scope(ej_ctx_t *c)
{
    batch_t batch = batch_make(c);
    c->scope->values = values_of(c, c->scope->query, c->params);
    add_page_begin(c, &batch);
    add_query(&batch, c->scope);
    EJ_TRY(run_batch(c, &batch));
    c->has_begun = 1;
    const ej_result_t *row = c->scope->result;
    if (!ej_result_rows(row))
        return ej_err(c->pool, JE401, NULL, c->scope->query->name);
    for (int k = 0; k < ej_result_columns(row); k++)
        ej_params_set(c->params, ej_result_name(row, k),
                      ej_result_get(row, 0, k));
    for (int i = 0; i < c->queue->nelts; i++) {
        ej_entry_t *entry = &APR_ARRAY_IDX(c->queue, i, ej_entry_t);
        entry->values = values_of(c, entry->query, c->params);
    }
    if (c->streamed)
        c->streamed->values = values_of(c, c->streamed->query, c->params);
    return NULL;
}

/* Let the statements of a page with many rows take as long as its deadline. */
static void add_patience(ej_ctx_t *c, batch_t *batch)
{
    ej_step_t *step = add_step(batch, NULL);
    step->query = ej_queries_find("core_patience");
    step->values = apr_pcalloc(c->run, sizeof(char *));
    step->values[0] =
        apr_psprintf(c->run, "%d", (int)apr_time_as_msec(EJ_STREAM_DEADLINE));
}

/* Read the rows of a page's big table, and commit. */
static ej_err_t *send_stream(ej_ctx_t *c)
{
    batch_t batch = batch_make(c);
    EJ_TRY(ej_stream_read(c));
    add_text(&batch, "COMMIT");
    return run_batch(c, &batch);
}

/* Send the queries that are not sent yet; see ej_page_send. */
static ej_err_t *send_queue(ej_ctx_t *c, int is_last)
{
    EJ_TRY(take(c));
    if (c->scope && !c->scope->result)
        EJ_TRY(resolve_scope(c));
    batch_t batch = batch_make(c);
    add_page_begin(c, &batch);
    for (int i = c->done; i < c->queue->nelts; i++)
        add_query(&batch, &APR_ARRAY_IDX(c->queue, i, ej_entry_t));
    if (is_last && !c->stream)
        add_text(&batch, "COMMIT");
    if (c->stream && !c->has_begun)
        add_patience(c, &batch);
    EJ_TRY(run_batch(c, &batch));
    c->has_begun = 1;
    return is_last && c->stream ? send_stream(c) : NULL;
}

ej_err_t *ej_page_send(ej_ctx_t *c, int is_last)
{
    if (c->missing)
        return ej_err(c->pool, JE500, NULL,
                      apr_pstrcat(c->pool, "no query ", c->missing, NULL));
    if (!c->has_begun && c->done == c->queue->nelts && !c->stream)
        return NULL; /* a page without queries */
    ej_err_t *err = send_queue(c, is_last);
    if ((is_last || err) && c->db) {
        ej_db_give(c->db);
        c->db = NULL;
    }
    return err ? err : read_results(c);
}

static void fill(ej_ctx_t *c, ej_entry_t *entry)
{
    const ej_query_t *query = entry->query;
    apr_hash_t *parents = NULL;

    entry->is_filled = 1;
    if (query->kind == EJ_ONE)
        ej_xml_one(entry->parent, entry->result);
    else if (query->kind == EJ_GRID)
        ej_xml_grid(c->run,
                    APR_ARRAY_IDX(c->queue, entry->rows, ej_entry_t).nodes,
                    APR_ARRAY_IDX(c->queue, entry->columns, ej_entry_t).nodes,
                    query, entry->result);
    if (query->kind != EJ_MANY)
        return;
    for (int i = 0; query->under && i < c->queue->nelts; i++) {
        ej_entry_t *above = &APR_ARRAY_IDX(c->queue, i, ej_entry_t);
        if (!strcmp(above->query->name, query->under))
            parents = ej_xml_index(c->run, above->nodes, query->key);
    }
    ej_xml_rows(entry->nodes, entry->parent, query->element, entry->result,
                parents, query->key);
}

void ej_page_fill(ej_ctx_t *c)
{
    for (int i = 0; i < c->done; i++) {
        ej_entry_t *entry = &APR_ARRAY_IDX(c->queue, i, ej_entry_t);
        if (!entry->is_filled)
            fill(c, entry);
    }
}

ej_err_t *ej_page_run(ej_ctx_t *c)
{
    EJ_TRY(ej_page_send(c, 0));
    ej_page_fill(c);
    return NULL;
}

ej_err_t *ej_page_commit(ej_ctx_t *c)
{
    ej_err_t *err = ej_page_send(c, 1);
    if (err && err->code == JE506) /* this write may be done twice */
        err->code = strcmp(err->sqlstate, "08006") ? JE503 : JE501;
    if (err)
        return err;
    c->has_begun = 0;
    ej_page_fill(c);
    return NULL;
}

ej_err_t *ej_page_err(ej_ctx_t *c, ej_code_t code, const char *field,
                      const char *value)
{
    ej_err_t *err = ej_err(c->pool, code, field, NULL);
    err->value = value ? apr_pstrdup(c->pool, value) : NULL;
    return err;
}
