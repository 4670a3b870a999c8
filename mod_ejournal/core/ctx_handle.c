/* ctx_handle.c: one request from its address to its answer.
 *
 * show (GET) and save (POST) run the handler and what it queued, up to three
 * times; what is refused is shown with the form again, with what was typed.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ctx.h"

#include <stdlib.h>

#include <http_log.h>
#include <http_protocol.h>

#include "origin.h"
#include "page.h"
#include "revision.h"

APLOG_USE_MODULE(ejournal);

#define DEADLINE apr_time_from_sec(8)
#define TRIES 3

/* --------------------------------------------------------------- tries -- */

/* Everything of an earlier try goes, its connection first. */
static void reset(ej_ctx_t *c, const apr_table_t *path, const apr_table_t *form)
{
    c->db = NULL;
    if (c->run)
        apr_pool_clear(c->run);
    else
        apr_pool_create(&c->run, c->pool);
    c->queue = apr_array_make(c->run, 16, sizeof(ej_entry_t));
    c->done = 0;
    c->missing = NULL;
    c->has_begun = 0;
    c->doc = ej_xml_doc(c->run);
    c->node = NULL;
    c->etag = ej_digest_new(c->run);
    c->view = c->route->view;
    c->location = NULL;
    c->entered = NULL;
    c->renewal = NULL;
    c->revision = NULL;
    c->same = NULL;
    c->outcome_rows = NULL;
    c->is_once = 0;
    c->params = ej_params_make(c->pool, path, form);
    if (c->is_write) {
        ej_param_set(c->params, "operation_id", c->operation_id);
        ej_param_set(c->params, "address", c->r->useragent_ip);
    }
}

static int is_worth_repeating(const ej_err_t *err)
{
    static const char *const states[] = {"40001", "40P01", "26000", "0A000",
                                         "08006"};
    for (apr_size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (!strcmp(err->sqlstate, states[i]))
            return 1;
    return 0;
}

/* Run the handler and what it queued, once; when that fails the connection goes
 * back at once. */
static ej_err_t *run(ej_ctx_t *c)
{
    ej_err_t *err = c->route->handler(c);
    if (!err)
        err = ej_revision_ask(c);
    if (!err && !c->same)
        err = ej_ctx_run(c, 1);
    if (err && c->db) {
        ej_db_give(c->db);
        c->db = NULL;
    }
    return err;
}

/* Nobody knows what became of a try: look whether the token that it gave to
 * the session is alive by now, and go on from there if it is. */
static int has_renewed(ej_ctx_t *c, const char *token, const char *location)
{
    if (!token || !ej_session_is(c, token))
        return 0;
    c->renewal = token;
    c->location = location;
    return 1;
}

/* What is told of a write when a COMMIT was not answered: with an operation's
 * id it may be sent again (JE506), else the person looks (JE508): also where a
 * secret, which no page shows again, would have to be sent. What the database
 * refused afterwards is the answer of a repeat. */
static ej_err_t *told(ej_ctx_t *c, ej_err_t *err, ej_err_t *unsure, int is_once)
{
    if (!unsure || (is_once && err->status < 500))
        return err;
    return is_once && !apr_hash_count(c->params->secret)
               ? unsure
               : ej_err(c->pool, "JE508", NULL, unsure->detail);
}

/* Run the handler and its queue, up to three times: a serialisation failure,
 * a deadlock and a lost connection are not the user's business. A write whose
 * COMMIT was not answered is repeated only where it can be told whether it
 * happened: by its operation's id, or by the token that it gave the session. */
static ej_err_t *attempt(ej_ctx_t *c, const apr_table_t *path,
                         const apr_table_t *form)
{
    ej_err_t *err = NULL, *unsure = NULL;
    const char *token = NULL, *location = NULL;
    int is_once = 0;
    for (int i = 0; i < TRIES; i++) {
        reset(c, path, form);
        c->deadline = apr_time_now() + DEADLINE;
        err = run(c);
        if (!err)
            return NULL;
        if (!strcmp(err->code, "JE506")) {
            unsure = ej_err(c->pool, err->code, NULL,
                            apr_pstrdup(c->pool, err->detail));
            is_once = c->is_once;
            token = c->renewal;
            location = c->location;
        }
        if (has_renewed(c, token, location))
            return NULL;
        if ((unsure && !is_once && !token) || !is_worth_repeating(err))
            break;
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, c->r,
                      "%s: repeated after SQLSTATE %s", c->path, err->sqlstate);
    }
    return told(c, err, unsure, is_once);
}

/* -------------------------------------------------------- show and save -- */

static int show(ej_ctx_t *c, const apr_table_t *path)
{
    apr_table_t *form;
    ej_err_t *err = ej_form_query(&form, c->r);
    if (!err)
        err = attempt(c, path, form);
    if (err && !strcmp(err->code, "JE302")) /* ended since it was checked */
        return ej_page_login(c);
    if (err)
        return ej_ctx_fail(c->r, err);
    if (c->location)
        return ej_page_redirect(c);
    return ej_page_answer(c, HTTP_OK);
}

/* Show the page of the same path again, with what was refused and typed. */
static int show_refused(ej_ctx_t *c, ej_err_t *refusal, const apr_table_t *path,
                        apr_table_t *form)
{
    int other;
    ej_params_t *typed = c->params;
    const ej_route_t *route =
        ej_route_find(c->pool, M_GET, c->path, NULL, &other);
    if (c->is_fragment || c->format == EJ_XML)
        return ej_ctx_fail(c->r, refusal);
    if (!strcmp(refusal->code, "JE508")) /* not to be sent again unseen */
        return ej_ctx_fail(c->r, refusal);
    if (!route || refusal->status >= 500)
        return ej_page_fail_typed(c, refusal, typed, form);
    c->route = route;
    c->is_write = 0;
    c->run = NULL; /* the refusal lives in that of the write: keep it */
    c->refusal = refusal;
    ej_err_t *err = attempt(c, path, form);
    if (err && err->rv == APR_ECONNABORTED)
        return ej_out_gone(c->r);
    if (err)
        return ej_page_fail_typed(c, refusal, typed, form);
    ej_page_log(c->r, refusal, c->auth, c->path);
    ej_page_typed(c, typed, form, refusal);
    return ej_page_answer(c, refusal->status);
}

/* Refused before the handler saw it. A form of this site that was made in an
 * earlier session is shown again with the token of this one, for the person to
 * look at and send: nothing was written yet. What is not known to come from a
 * page of ours is shown nowhere, or a stranger could fill the form in. */
static int refuse_early(ej_ctx_t *c, ej_err_t *err, const apr_table_t *path,
                        apr_table_t *form)
{
    int is_stale = !strcmp(err->code, "JE303") && ej_origin_is_own(c->r);
    if (!is_stale && strcmp(err->code, "JE109"))
        return ej_ctx_fail(c->r, err);
    c->operation_id = ej_page_operation_id(c, form);
    c->params = ej_params_make(c->pool, path, form);
    return show_refused(c, err, path, form);
}

/* A form that came when the session had ended: what was typed stays in the
 * answer, whose log-in takes it along and shows it in its form again: see
 * resume. */
static int save_late(ej_ctx_t *c, const apr_table_t *path)
{
    apr_table_t *form;
    ej_err_t *ended = ej_err(c->pool, "JE302", NULL, NULL);
    /* whoever never had a session makes us keep nothing */
    if (c->is_fragment || c->format == EJ_XML || ej_origin_check(c->r) ||
        !ej_origin_is_own(c->r) || !ej_auth_digest(c->r))
        return ej_ctx_fail(c->r, ended);
    ej_err_t *unread = ej_form_read(&form, c->r, c->conf);
    if (unread)
        return ej_ctx_fail(c->r, unread);
    c->operation_id = ej_page_operation_id(c, form);
    c->login_token = ej_session_login_token(c->r);
    return ej_page_fail_typed(c, ended, ej_params_make(c->pool, path, form),
                              form);
}

#define TYPED                                                                  \
    "typed." /* before the names of fields that a log-in takes along */

/* The fields that came with a log-in since their session had ended; an empty
 * table when none did. */
static apr_table_t *taken_along(apr_pool_t *pool, const apr_table_t *form)
{
    apr_table_t *typed = apr_table_make(pool, 16);
    const apr_array_header_t *pairs = apr_table_elts(form);
    for (int i = 0; i < pairs->nelts; i++) {
        const apr_table_entry_t *pair =
            &APR_ARRAY_IDX(pairs, i, apr_table_entry_t);
        if (!strncmp(pair->key, TYPED, strlen(TYPED)))
            apr_table_addn(typed, pair->key + strlen(TYPED), pair->val);
    }
    return typed;
}

/* Make this log-in's request one for the page that the fields were typed in, as
 * who has just logged in; 0 when it is no page of theirs. */
static int go_back(ej_ctx_t *c, const char *back, apr_table_t *path)
{
    int other;
    ej_auth_t *auth = NULL;
    if (!back || strcmp(back, ej_way_back(c, back)))
        return 0;
    back = apr_pstrmemdup(c->pool, back, strcspn(back, "?"));
    const ej_route_t *route = ej_route_find(c->pool, M_GET, back, path, &other);
    if (!route || ej_auth_ask(&auth, c->r, c->entered) || !auth ||
        !(auth->roles & route->who))
        return 0;
    c->auth = auth;
    c->path = back;
    c->login_token = NULL;
    c->location = NULL;
    return 1;
}

/* What was typed when the session had ended is shown in its form again, with
 * the token of the new one, for the person to look at and send. */
static int resume(ej_ctx_t *c, apr_table_t *typed, const apr_table_t *path)
{
    ej_err_t *again = ej_err(c->pool, "JE302", NULL, "logged in again");
    again->status = HTTP_OK;
    c->operation_id = ej_page_operation_id(c, typed);
    c->params = ej_params_make(c->pool, path, typed);
    return show_refused(c, again, path, typed);
}

static int save(ej_ctx_t *c, const apr_table_t *path)
{
    apr_table_t *form = apr_table_make(c->pool, 1);
    ej_err_t *err = ej_origin_check(c->r);
    if (!err)
        err = ej_form_read(&form, c->r, c->conf);
    if (!err)
        err = ej_page_form_token(c, form);
    if (err)
        return refuse_early(c, err, path, form);
    c->is_write = 1;
    c->operation_id = ej_page_operation_id(c, form);
    err = attempt(c, path, form);
    if (!err && c->outcome_rows)
        err = ej_page_outcome_errors(c);
    if (c->is_fragment && c->outcome_rows)
        return ej_page_fragment(c, err);
    if (err)
        return show_refused(c, err, path, form);
    ej_session_renewed(c);
    if (c->entered) {
        apr_table_t *typed = taken_along(c->pool, form);
        apr_table_t *page = apr_table_make(c->pool, 4);
        if (!apr_is_empty_table(typed) &&
            go_back(c, apr_table_get(form, "back"), page))
            return resume(c, typed, page);
    }
    if (c->location)
        return ej_page_redirect(c);
    ej_page_typed(c, c->params, form,
                  NULL); /* the next step of a form of several */
    return ej_page_answer(c, HTTP_OK);
}

/* -------------------------------------------------------------- handler -- */

static ej_ctx_t *make(request_rec *r)
{
    ej_ctx_t *c = apr_pcalloc(r->pool, sizeof *c);
    c->r = r;
    c->pool = r->pool;
    c->conf = ej_server(r->server);
    c->mount = ej_mount(r);
    c->path = ej_route_below(r, c->mount);
    c->is_fragment = apr_table_get(r->headers_in, "X-Ejournal") != NULL;
    c->format = EJ_HTML;
    return c;
}

static int not_allowed(ej_ctx_t *c)
{
    apr_table_setn(c->r->err_headers_out, "Allow",
                   ej_route_methods(c->pool, c->path));
    return ej_ctx_fail(c->r, ej_err(c->pool, "JE119", NULL, "method"));
}

/* Answer what needs neither session nor database: the health of Apache, its own
 * errors, OPTIONS, and a file that somebody writes to. DECLINED: all else. */
static int without_session(ej_ctx_t *c)
{
    request_rec *r = c->r;
    const char *methods = ej_route_methods(c->pool, c->path);
    if (!strcmp(c->path, "/health")) {
        ej_out_headers(r, 1);
        return ej_out_send(r, HTTP_OK, "text/plain; charset=utf-8", "ok\n", 3);
    }
    if (!strcmp(c->path, "/error"))
        return ej_page_apache_error(r);
    if (methods && r->method_number == M_OPTIONS) {
        ej_out_headers(r, 1);
        apr_table_setn(r->headers_out, "Allow", methods);
        return ej_out_send(r, HTTP_NO_CONTENT, NULL, "", 0);
    }
    if (ej_route_is_static(c->path) && r->method_number != M_GET)
        return not_allowed(c);
    return DECLINED;
}

int ej_ctx_handle(request_rec *r)
{
    int other;
    const ej_mount_t *mount = ej_mount(r);
    if (!mount->on || !r->handler || strcmp(r->handler, "ejournal"))
        return DECLINED;
    ej_ctx_t *c = make(r);
    int answered = c->path ? without_session(c) : DECLINED;
    if (answered != DECLINED || !c->path || ej_route_is_static(c->path))
        return answered; /* Apache itself sends files */

    ej_err_t *err = ej_auth_of(&c->auth, r);
    if (r->user && !*r->user)
        r->user = NULL; /* nobody: see check_authn in auth.c */
    ej_out_headers(r, c->auth && (c->auth->is_shared ||
                                  !ej_origin_is_trusted(r)));
    if (!err)
        err = ej_page_format(&c->format, r);
    if (err)
        return ej_ctx_fail(r, err);
    int method = r->method_number;
    apr_table_t *path = apr_table_make(r->pool, 4);
    c->route = ej_route_find(r->pool, method, c->path, path, &other);
    int is_public = c->route && c->route->who & EJ_ANYONE;
    if (is_public) {
        ej_out_headers(r, 1); /* log-in and codes are kept nowhere */
        c->login_token = ej_session_login_token(r);
    }
    if (!c->auth && !is_public && (err = ej_auth_late(&c->auth, r)) != NULL)
        return ej_ctx_fail(r, err);
    if (!c->auth && !is_public)
        return method == M_POST && c->route ? save_late(c, path)
                                            : ej_page_login(c);
    if (!c->route && other)
        return not_allowed(c);
    if (!c->route)
        return ej_ctx_fail(r, ej_err(r->pool, "JE401", NULL, "no such route"));
    if (!is_public && !(c->auth->roles & c->route->who))
        return ej_ctx_fail(r, ej_err(r->pool, "JE401", NULL, "not this role"));
    return method == M_POST ? save(c, path) : show(c, path);
}

/* JE504 when the answer says that it comes of another schema than ours. */
static ej_err_t *same_schema(const ej_result_t *result, request_rec *r,
                             apr_pool_t *pool)
{
    int column = ej_result_column(result, "schema");
    const char *number = column >= 0 && ej_result_rows(result)
                             ? ej_result_get(result, 0, column)
                             : NULL;
    if (!number || atoi(number) == EJ_SCHEMA)
        return NULL;
    ej_db_doubt(r->server);
    return ej_err(pool, "JE504", NULL, "schema");
}

ej_err_t *ej_core_query(ej_result_t **result, request_rec *r, apr_pool_t *pool,
                        const char *query, const char **values)
{
    ej_db_t *db;
    ej_step_t step = {0};
    step.query =
        apr_hash_get(ej_server(r->server)->queries, query, APR_HASH_KEY_STRING);
    if (!step.query)
        return ej_err(pool, "JE500", NULL,
                      apr_pstrcat(pool, "no query ", query, NULL));
    step.values = values;
    ej_err_t *err = NULL;
    for (int i = 0; i < 2; i++) {
        EJ_TRY(ej_db_take(&db, r->server, r, pool));
        err = ej_db_run(db, &step, 1, apr_time_now() + DEADLINE);
        ej_db_give(db);
        if (!err || !is_worth_repeating(err))
            break;
    }
    *result = step.result;
    return err ? err : same_schema(step.result, r, pool);
}
