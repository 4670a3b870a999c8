/* handle.c: handles one request, from its address to its reply.
 *
 * show (GET) and save (POST) run the feature's handler and the queries that it
 * queued, up to three times. A refused form is shown again with the typed
 * values.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/handle.h"

#include <apr_escape.h>
#include <apr_uuid.h>
#include <http_log.h>
#include <http_protocol.h>

#include "auth/auth.h"
#include "auth/cookie.h"
#include "auth/key.h"
#include "http/body.h"
#include "http/origin.h"
#include "out/send.h"
#include "page/answer.h"
#include "page/api.h"
#include "page/bundle.h"
#include "page/costly.h"
#include "page/list.h"
#include "page/monitor.h"
#include "page/outcome.h"
#include "page/page.h"
#include "page/parts.h"
#include "page/refusal.h"
#include "page/revision.h"
#include "page/session.h"
#include "page/taken.h"
#include "text/clock.h"
#include "text/err.h"
#include "text/text.h"

APLOG_USE_MODULE(ejournal);

#define DEADLINE apr_time_from_sec(8)
#define TRIES 3

/* The part of a form token that belongs to the session, before the number of
 * the school. */
static const char *session_part(ej_ctx_t *c, const char *token)
{
    return apr_pstrmemdup(c->pool, token, strcspn(token, "."));
}

/* JE303 unless the form has the token of its session and of the school in which
 * its staff work (ej.authenticate), or, on a page that needs no session, the
 * token of this browser. So a form opened in one school is not saved in another
 * that was chosen meanwhile. For what every person may do the session alone
 * counts: a log-out is never refused for the school. */
static ej_err_t *check_token(ej_ctx_t *c, const apr_table_t *form)
{
    const char *token = apr_table_get(form, "form_token");
    const char *own = c->login_token ? c->login_token : c->identity->form_token;
    if (token && c->route->who & EJ_SESSION) {
        token = session_part(c, token);
        own = session_part(c, own);
    }
    if (!token || !ej_digest_same(token, own))
        return ej_err(c->pool, JE303, NULL, NULL);
    return NULL;
}

/* The id of this write: the one in the form, else a new one. */
static const char *operation_id(ej_ctx_t *c, const apr_table_t *form)
{
    const char *id = apr_table_get(form, "operation_id");
    if (id && strlen(id) == 36 && strspn(id, "0123456789abcdefABCDEF-") == 36)
        return id;
    char fresh[APR_UUID_FORMATTED_LENGTH + 1];
    apr_uuid_t uuid;
    apr_uuid_get(&uuid);
    apr_uuid_format(fresh, &uuid);
    return apr_pstrdup(c->pool, fresh);
}

/* --------------------------------------------------------------- tries -- */

/* Clear everything that an earlier try made; its connection is given back. */
static void reset(ej_ctx_t *c, const apr_table_t *path, const apr_table_t *form)
{
    c->db = NULL;
    ej_parts_reset(c);
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
    c->form = NULL;
    c->is_reading = 0;
    c->frozen = NULL;
    c->location = NULL;
    c->is_saved = 0;
    c->entered = NULL;
    c->renewal = NULL;
    c->revision = NULL;
    c->stream = NULL;
    c->streamed = NULL;
    c->bundle = NULL;
    c->list_at = -1;
    c->calendar_at = -1;
    c->json_at = -1;
    c->scope = NULL;
    c->same = NULL;
    c->outcome_rows = NULL;
    c->file_rows = NULL;
    /* may be repeated: a second row in the log of access does no harm */
    c->is_once = ej_page_is_logged(c);
    c->is_recording = 0;
    c->taken = NULL;
    if (!c->is_write && (c->format == EJ_PRINT || EJ_IS_TABLE(c->format) ||
                         ej_key_is_sent(c->request)))
        ej_taken_begin(c);
    c->params = ej_params_make(c->pool, path, form);
    if (c->is_write)
        ej_params_set(c->params, "operation_id", c->operation_id);
    if (c->is_write)
        ej_params_set(c->params, "address", c->r->useragent_ip);
}

/* Record a page that is taken away: the pupils whom it names, in the log of
 * access (page/taken.c), and a bundle by the handler's own query
 * (page/bundle.c). In a transaction of its own, since that of the page has
 * ended. */
static ej_err_t *record_taken(ej_ctx_t *c)
{
    const char *ids = ej_taken_ids(c);
    if (!ids && !c->bundle)
        return NULL;
    if (!c->operation_id)
        c->operation_id = operation_id(c, apr_table_make(c->pool, 1));
    ej_params_set(c->params, "path", c->path);
    ej_params_set(c->params, "pupil_ids", ids);
    c->is_recording = 1;
    ej_err_t *err =
        ids ? ej_page_ask(c, ej_page_entry(c, "core_taken", c->params)) : NULL;
    if (!err)
        err = ej_bundle_enter(c);
    c->is_recording = 0;
    return err;
}

/* Run the handler and its queries once, and record a page that is taken away;
 * on failure give the connection back. */
static ej_err_t *run(ej_ctx_t *c)
{
    ej_err_t *err = c->route->handler(c);
    if (!err)
        err = ej_revision_ask(c);
    if (!err && !c->same)
        err = ej_page_send(c, 1);
    if (!err)
        err = record_taken(c);
    if (err && c->db) {
        ej_db_give(c->db);
        c->db = NULL;
    }
    return err;
}

/* Whether a try whose COMMIT was not answered was committed after all: then the
 * session's new token is in the database. If so, set token and location, so
 * that the reply is that of a success. */
static int was_committed(ej_ctx_t *c, const char *token, const char *location)
{
    if (!token || !ej_session_is_live(c, token))
        return 0;
    c->renewal = token;
    c->location = location;
    return 1;
}

/* Choose the error to report when the tries have ended. unsure is set when a
 * COMMIT was not answered. A write that happens once by its operation's id may
 * be sent again (JE506). Any other must be looked up by the person (JE508), and
 * so must one with a password, which no page shows again. If a repeat got a
 * definite refusal from the database, that refusal is reported. */
static ej_err_t *final_error(ej_ctx_t *c, ej_err_t *err, ej_err_t *unsure,
                             int is_once)
{
    if (!unsure || (is_once && err->status < 500))
        return err;
    return is_once && !apr_hash_count(c->params->secret)
               ? unsure
               : ej_err(c->pool, JE508, NULL, unsure->detail);
}

/* Run the handler and its queries up to three times, so that users notice no
 * serialisation failure, deadlock or lost connection. A write whose COMMIT was
 * not answered is repeated only if the database can tell whether it happened:
 * by the operation's id, or by the new token of the session. */
static ej_err_t *attempt(ej_ctx_t *c, const apr_table_t *path,
                         const apr_table_t *form)
{
    ej_err_t *err = NULL, *unsure = NULL;
    const char *token = NULL, *location = NULL;
    int is_once = 0;
    apr_interval_time_t deadline =
        c->route->seconds ? apr_time_from_sec(c->route->seconds) : DEADLINE;
    for (int i = 0; i < TRIES; i++) {
        reset(c, path, form);
        c->deadline = ej_clock() + deadline;
        err = run(c);
        if (!err)
            return NULL;
        if (err->code == JE506) {
            unsure = ej_err(c->pool, err->code, NULL,
                            apr_pstrdup(c->pool, err->detail));
            is_once = c->is_once;
            token = c->renewal;
            location = c->location;
        }
        if (was_committed(c, token, location))
            return NULL;
        if (unsure && !is_once && !token)
            break;
        if (!ej_db_is_worth_repeating(err) &&
            (c->is_write || !ej_db_may_read_standby(c->r->server, err)))
            break;
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, c->r,
                      "%s: repeated after SQLSTATE %s", c->path, err->sqlstate);
    }
    ej_costly_leave(c);
    return final_error(c, err, unsure, is_once);
}

/* -------------------------------------------------------- show and save -- */

static int show(ej_ctx_t *c, const apr_table_t *path)
{
    apr_table_t *form;
    ej_err_t *err = ej_body_query(&form, c->r);
    if (!err && ej_page_is_logged(c))
        c->operation_id = operation_id(c, form);
    if (!err)
        err = attempt(c, path, form);
    /* the session ended meanwhile */
    if (err && err->code == JE302 && !ej_api_is(c->request))
        return ej_answer_login(c);
    if (err)
        return ej_answer_fail(c->request, err);
    if (c->location)
        return ej_answer_redirect(c);
    return ej_answer_page(c, HTTP_OK);
}

/* Show the page of the same path again, with the errors and typed values. */
static int show_refused(ej_ctx_t *c, ej_err_t *refusal, const apr_table_t *path,
                        apr_table_t *form)
{
    ej_params_t *typed = c->params;
    const ej_route_t *route =
        ej_route_find(c->request->conf->routes, c->pool, M_GET, c->path, NULL);
    if (c->is_fragment || c->format == EJ_XML || refusal->is_brief ||
        ej_api_is(c->request))
        return ej_answer_fail(c->request, refusal);
    if (refusal->code == JE508) /* the person must look before sending again */
        return ej_answer_fail(c->request, refusal);
    if (!route || refusal->status >= 500)
        return ej_answer_fail_typed(c, refusal, typed, form);
    c->route = route;
    c->is_write = 0;
    c->run = NULL; /* keep the old pool: the refusal is in it */
    c->refusal = refusal;
    ej_err_t *err = attempt(c, path, form);
    if (err && err->rv == APR_ECONNABORTED)
        return ej_send_nothing(c->r);
    if (err)
        return ej_answer_fail_typed(c, refusal, typed, form);
    ej_refusal_log(c->r, refusal, c->identity, c->path);
    ej_refusal_typed(c, typed, form, refusal);
    return ej_answer_page(c, refusal->status);
}

/* Refuse a form before its handler ran, so nothing was written. A form that
 * this site made in an earlier session is shown again with the token of the
 * present one, for the person to check and send. A form that is too large, or
 * has a file of another type, was not read, and is shown without its values.
 * A form not known to come from this site is never shown: a stranger could
 * have filled it in. */
static int refuse_unread(ej_ctx_t *c, ej_err_t *err, const apr_table_t *path,
                         apr_table_t *form)
{
    int is_stale = err->code == JE303 && ej_origin_is_own(c->request);
    if (!is_stale && err->code != JE109 && err->code != JE130)
        return ej_answer_fail(c->request, err);
    c->operation_id = operation_id(c, form);
    c->params = ej_params_make(c->pool, path, form);
    return show_refused(c, err, path, form);
}

/* Answer a form that was sent after its session had ended. The reply is a
 * log-in form that holds the typed values as hidden fields; after the log-in
 * they are shown in their own form again (show_typed_again). */
static int refuse_ended(ej_ctx_t *c, const apr_table_t *path)
{
    apr_table_t *form;
    ej_err_t *ended = ej_err(c->pool, JE302, NULL, NULL);
    /* values are kept only for a browser that had a session */
    if (c->is_fragment || c->format == EJ_XML || ej_origin_check(c->request) ||
        !ej_origin_is_own(c->request) || !ej_cookie_digest(c->request))
        return ej_answer_fail(c->request, ended);
    ej_err_t *unread = ej_body_read(&form, c->request);
    if (unread)
        return ej_answer_fail(c->request, unread);
    c->operation_id = operation_id(c, form);
    c->login_token = ej_cookie_form_token(c->request);
    return ej_answer_fail_typed(c, ended, ej_params_make(c->pool, path, form),
                                form);
}

/* Prefix of the hidden fields of a log-in form that hold an older form. */
#define TYPED "typed."

/* The older form that a log-in form holds (refuse_ended); an empty table when
 * there is none. */
static apr_table_t *typed_fields(apr_pool_t *pool, const apr_table_t *form)
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

/* Turn this log-in into a request for the page at back, made by the person who
 * has just logged in; 0 when that person may not see the page. */
static int turn_back(ej_ctx_t *c, const char *back, apr_table_t *path)
{
    ej_identity_t *identity = NULL;
    if (!back || strcmp(back, ej_page_way_back(c, back)))
        return 0;
    back = apr_pstrmemdup(c->pool, back, strcspn(back, "?"));
    const ej_route_t *route =
        ej_route_find(c->request->conf->routes, c->pool, M_GET, back, path);
    if (!route || ej_identity_ask(&identity, c->r, c->entered) || !identity ||
        !ej_route_opens(route, identity->roles))
        return 0;
    c->identity = identity;
    c->path = back;
    c->login_token = NULL;
    c->location = NULL;
    return 1;
}

/* Show the values typed in an ended session in their form again, with the token
 * of the new session, for the person to check and send. */
static int show_typed_again(ej_ctx_t *c, apr_table_t *typed,
                            const apr_table_t *path)
{
    ej_err_t *again = ej_err(c->pool, JE302, NULL, "logged in again");
    again->status = HTTP_OK;
    c->operation_id = operation_id(c, typed);
    c->params = ej_params_make(c->pool, path, typed);
    return show_refused(c, again, path, typed);
}

static int save(ej_ctx_t *c, const apr_table_t *path)
{
    apr_table_t *form = apr_table_make(c->pool, 1);
    int is_hook = c->route->who & EJ_HOOK;
    ej_err_t *err = is_hook ? NULL : ej_origin_check(c->request);
    if (!err)
        err = ej_body_read(&form, c->request);
    if (!err && !is_hook)
        err = check_token(c, form);
    if (err)
        return refuse_unread(c, err, path, form);
    c->is_write = 1;
    c->operation_id = operation_id(c, form);
    err = attempt(c, path, form);
    if (!err && c->outcome_rows)
        err = ej_outcome_errors(c);
    if (c->is_fragment && c->outcome_rows)
        return ej_answer_outcomes(c, err);
    if (err)
        return show_refused(c, err, path, form);
    if (c->json_at >= 0)
        return ej_answer_page(c, HTTP_OK);
    ej_session_send_renewal(c);
    ej_list_return(c);
    if (c->entered) {
        apr_table_t *typed = typed_fields(c->pool, form);
        apr_table_t *page = apr_table_make(c->pool, 4);
        if (!apr_is_empty_table(typed) &&
            turn_back(c, apr_table_get(form, "back"), page))
            return show_typed_again(c, typed, page);
    }
    if (c->location)
        return ej_answer_redirect(c);
    /* the next step of a form that has several: it keeps the typed values */
    ej_refusal_typed(c, c->params, form, NULL);
    return ej_answer_page(c, HTTP_OK);
}

/* -------------------------------------------------------------- handler -- */

static int not_allowed(ej_request_t *request)
{
    request_rec *r = request->r;
    apr_table_setn(
        r->err_headers_out, "Allow",
        ej_route_methods(request->conf->routes, r->pool, request->path));
    return ej_answer_fail(request, ej_err(r->pool, JE119, NULL, "method"));
}

/* Answer requests that need no session: those of monitor.c, Apache's own
 * errors, OPTIONS, and any method but GET on a static file. Returns DECLINED
 * for all others. */
static int answer_without_session(ej_request_t *request)
{
    request_rec *r = request->r;
    int watched = ej_monitor_answer(request);
    if (watched != DECLINED)
        return watched;
    if (!strcmp(request->path, "/error"))
        return ej_answer_apache_error(request);
    const char *methods =
        r->method_number == M_OPTIONS
            ? ej_route_methods(request->conf->routes, r->pool, request->path)
            : NULL;
    if (methods) {
        ej_send_caching(r, 1);
        apr_table_setn(r->headers_out, "Allow", methods);
        return ej_send_answer(r, HTTP_NO_CONTENT, NULL, "", 0);
    }
    if (request->is_static && r->method_number != M_GET)
        return not_allowed(request);
    return DECLINED;
}

static ej_ctx_t *make_context(ej_request_t *request)
{
    ej_ctx_t *c = apr_pcalloc(request->r->pool, sizeof *c);
    c->request = request;
    c->r = request->r;
    c->pool = request->r->pool;
    c->path = request->path;
    c->route = request->route;
    c->identity = request->identity;
    c->is_fragment =
        apr_table_get(request->r->headers_in, "X-Ejournal") != NULL;
    c->format = EJ_HTML;
    return c;
}

/* Set c->format to the requested format. Errors: JE100, JE106, JE107. */
static ej_err_t *read_format(ej_ctx_t *c)
{
    apr_table_t *query;
    EJ_TRY(ej_body_query(&query, c->r));
    return ej_format_find(&c->format, c->r, query);
}

/* JE401 when there is no such page, or none for these roles. */
static ej_err_t *check_route(const ej_ctx_t *c)
{
    if (!c->route)
        return ej_err(c->pool, JE401, NULL, "no such route");
    if (!(c->route->who & (EJ_ANYONE | EJ_PENDING)) &&
        !ej_route_opens(c->route, c->identity->roles))
        return ej_err(c->pool, JE401, NULL, "not this role, or module off");
    return NULL;
}

/* Whether a page may be refused only because a person who is staff of several
 * schools has not chosen yet in which one to work. */
static int is_unchosen(const ej_ctx_t *c)
{
    unsigned roles = c->identity ? c->identity->roles : 0;
    return c->route && c->route->method == M_GET && roles & EJ_SEVERAL &&
           !(roles & EJ_STAFF) && c->route->who & EJ_ROLES;
}

/* Send the person to the choice of a school, and from there back to this page.
 */
static int answer_choice(ej_ctx_t *c)
{
    c->location = apr_pstrcat(c->pool, c->request->mount->base, "/school?back=",
                              ap_escape_urlencoded(c->pool, c->path), NULL);
    return ej_answer_redirect(c);
}

/* Whether the path has a page, but not for this method. */
static int is_other_method(const ej_request_t *request)
{
    int method = request->r->method_number;
    return (!request->route || (method != M_GET && method != M_POST)) &&
           ej_route_methods(request->conf->routes, request->r->pool,
                            request->path);
}

/* Whether the look-up of the session failed. A session that needs its second
 * factor is no fault: the person is sent to the page that asks for it. */
static int is_fault(const ej_request_t *request)
{
    return request->fault && request->fault->code != JE351;
}

/* Answer a request for a page, with or without a session. */
static int answer(ej_ctx_t *c)
{
    ej_request_t *request = c->request;
    int is_post = c->r->method_number == M_POST;
    int is_public = c->route && c->route->who & (EJ_ANYONE | EJ_PENDING);
    if (!c->identity && c->route && (!is_public || c->route->who & EJ_ALL)) {
        ej_auth_ask_late(request);
        c->identity = request->identity;
        if (is_fault(request) && !is_public)
            return ej_answer_fail(request, request->fault);
    }
    if (ej_api_is(request)) { /* a program has neither cookie nor session */
        ej_err_t *unsafe = ej_origin_is_safe(request);
        if (unsafe)
            return ej_answer_fail(request, unsafe);
        c->identity = NULL;
    }
    else if (is_public && !c->identity) {
        ej_send_caching(c->r, 1); /* no cache keeps log-ins and codes */
        c->login_token = ej_cookie_form_token(request);
    }
    if (!c->identity && !is_public && !ej_api_is(request))
        return is_post && c->route && !request->pending
                   ? refuse_ended(c, request->values)
                   : ej_answer_login(c);
    ej_err_t *err = ej_key_check(request, c->format == EJ_XML ||
                                              EJ_IS_TABLE(c->format));
    if (err)
        return ej_answer_fail(request, err);
    if (is_other_method(request))
        return not_allowed(request);
    err = check_route(c);
    if (err && is_unchosen(c))
        return answer_choice(c);
    if (err)
        return ej_answer_fail(request, err);
    return is_post ? save(c, request->values) : show(c, request->values);
}

int ej_handle(request_rec *r)
{
    ej_request_t *request = ej_request_of(r);
    if (!request->mount->on || !r->handler || strcmp(r->handler, "ejournal"))
        return DECLINED;
    int answered = request->path ? answer_without_session(request) : DECLINED;
    if (answered != DECLINED || !request->path || request->is_static)
        return answered; /* Apache itself sends files */
    if (r->user && !*r->user)
        r->user = NULL; /* "" stands for nobody: see check_authn in auth.c */
    ej_send_caching(r, request->identity && (request->identity->is_shared ||
                                             !ej_origin_is_trusted(request)));
    if (is_fault(request))
        return ej_answer_fail(request, request->fault);
    ej_ctx_t *c = make_context(request);
    ej_err_t *err = read_format(c);
    return err ? ej_answer_fail(request, err) : answer(c);
}
