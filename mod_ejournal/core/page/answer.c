/* answer.c: builds and sends every kind of reply: page, redirect, outcomes,
 * error.
 *
 * A reply is one document (xslt/README.md); the words people read are in xslt/.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/answer.h"

#include <http_protocol.h>
#include <util_filter.h>

#include "auth/auth.h"
#include "auth/cookie.h"
#include "auth/key.h"
#include "out/send.h"
#include "page/api.h"
#include "page/brief.h"
#include "page/bundle.h"
#include "page/calendar.h"
#include "page/costly.h"
#include "page/download.h"
#include "page/frame.h"
#include "page/list.h"
#include "page/page.h"
#include "page/parts.h"
#include "page/refusal.h"
#include "page/revision.h"
#include "page/stream.h"

/* Set the headers that a status requires: WWW-Authenticate with 401,
 * Retry-After with 429 (the seconds of a guess's wait) and 503 (those until
 * the end of maintenance, else a few). */
static void set_status_headers(const ej_request_t *request, const ej_err_t *err)
{
    request_rec *r = request->r;
    if (err->status == HTTP_UNAUTHORIZED)
        ej_auth_challenge(r, request->path && !strcmp(request->path, "/login"));
    if (err->status == HTTP_SERVICE_UNAVAILABLE || err->status == 429)
        apr_table_setn(r->err_headers_out, "Retry-After",
                       (err->status == 429 || err->code == JE511) && err->value
                           ? err->value
                           : "2");
}

/* ---------------------------------------------------------------- answer -- */

/* Let the browser save the reply as a file of this name, plain ASCII. */
static void set_attachment(ej_ctx_t *c, const char *name)
{
    apr_table_setn(
        c->r->headers_out, "Content-Disposition",
        apr_pstrcat(c->pool, "attachment; filename=\"", name, "\"", NULL));
}

static void set_file_name(ej_ctx_t *c)
{
    if (EJ_IS_TABLE(c->format))
        set_attachment(c, apr_pstrcat(c->pool, c->route->feature,
                                      c->format == EJ_XLSX ? ".xlsx" : ".csv",
                                      NULL));
}

/* Send a table of many rows. */
static int send_stream(ej_ctx_t *c)
{
    apr_file_t *file;
    apr_off_t length;
    ej_err_t *err = ej_stream_make(&file, &length, c);
    ej_costly_leave(c);
    if (err)
        return ej_answer_fail(c->request, err);
    set_file_name(c);
    return ej_send_file(c->r, ej_out_type(c->format), file, length);
}

/* Send a printed document of many parts, or its archive. */
static int send_parts(ej_ctx_t *c)
{
    apr_file_t *file;
    apr_off_t length;
    const char *name = ej_parts_name(c);
    ej_err_t *err = ej_parts_make(&file, &length, c);
    ej_costly_leave(c);
    if (err)
        return ej_answer_fail(c->request, err);
    if (name) {
        ej_send_caching(c->r, 1);
        set_attachment(c, name);
    }
    return ej_send_file(c->r, ej_parts_type(c), file, length);
}

/* Send a ZIP of tables, which no cache keeps. */
static int send_bundle(ej_ctx_t *c)
{
    apr_file_t *file;
    apr_off_t length;
    const char *name = ej_bundle_file(&file, &length, c);
    ej_costly_leave(c);
    ej_send_caching(c->r, 1);
    set_attachment(c, name);
    return ej_send_file(c->r, "application/zip", file, length);
}

static int send_calendar(ej_ctx_t *c)
{
    const char *text;
    apr_size_t length;
    ej_err_t *err = ej_calendar_write(&text, &length, c);
    if (err)
        return ej_answer_fail(c->request, err);
    return ej_send_answer(c->r, HTTP_OK, "text/calendar; charset=utf-8", text,
                          length);
}

static int send_doc(ej_ctx_t *c, int status)
{
    const char *text;
    apr_size_t length = 0;
    if (ej_send_is_wanted(c->r))
        return ej_send_nothing(c->r);
    if (c->format == EJ_XML) {
        text = ej_xml_dump(&length, c->pool, c->doc);
        if (!text)
            return HTTP_INTERNAL_SERVER_ERROR;
    }
    else {
        ej_err_t *err = ej_out_transform(&text, &length, c->r, c->request->conf,
                                         c->doc, ej_frame_sheet(c), c->format);
        ej_costly_leave(c);
        if (err)
            return c->route ? ej_answer_fail(c->request, err)
                            : HTTP_INTERNAL_SERVER_ERROR;
    }
    set_file_name(c);
    return ej_send_answer(c->r, status, ej_out_type(c->format), text, length);
}

int ej_answer_page(ej_ctx_t *c, int status)
{
    if (EJ_IS_TABLE(c->format))
        apr_table_setn(c->r->err_headers_out, "Cache-Control", "no-store");
    if (c->bundle)
        return send_bundle(c);
    if (status == HTTP_OK && !c->is_write && c->r->method_number == M_GET &&
        !c->stream && ej_revision_is_same(c)) {
        int wrong = ap_discard_request_body(c->r);
        return wrong ? wrong : HTTP_NOT_MODIFIED;
    }
    if (c->json_at >= 0)
        return ej_api_send(c);
    if (c->file_rows)
        return ej_download_send(c);
    if (c->calendar_at >= 0)
        return send_calendar(c);
    if (c->parts)
        return send_parts(c);
    ej_xml_set(ej_page_node(c), "view", c->view);
    ej_page_fill(c);
    if (c->stream)
        return send_stream(c);
    ej_list_links(c);
    ej_frame_set(c);
    if (c->refusal) {
        set_status_headers(c->request, c->refusal);
        ej_node_t *errors = ej_xml_add_first(ej_xml_page(c->doc), "errors");
        ej_xml_set(errors, "status", apr_itoa(c->pool, c->refusal->status));
        ej_refusal_errors(c->pool, errors, c->refusal, NULL);
    }
    return send_doc(c, status);
}

int ej_answer_redirect(ej_ctx_t *c)
{
    apr_table_setn(c->r->err_headers_out, "Cache-Control", "no-store");
    apr_table_setn(
        c->r->headers_out, "Location",
        c->location ? c->location
                    : apr_pstrcat(c->pool, c->request->mount->base, "/", NULL));
    return ej_send_answer(c->r, HTTP_SEE_OTHER, "text/plain; charset=utf-8", "",
                          0);
}

int ej_answer_login(ej_ctx_t *c)
{
    request_rec *r = c->r;
    int is_pending = c->request->pending != NULL;
    if (r->method_number != M_GET || c->format == EJ_XML || c->is_fragment)
        return ej_answer_fail(
            c->request,
            ej_err(r->pool, is_pending ? JE351 : JE302, NULL, NULL));
    const char *back =
        r->args ? apr_pstrcat(r->pool, c->path, "?", r->args, NULL) : c->path;
    c->location = apr_pstrcat(r->pool, c->request->mount->base,
                              is_pending ? "/second" : "/login", NULL);
    if (strcmp(back, "/"))
        c->location =
            apr_pstrcat(r->pool, c->location,
                        "?back=", ap_escape_urlencoded(r->pool, back), NULL);
    return ej_answer_redirect(c);
}

int ej_answer_outcomes(ej_ctx_t *c, const ej_err_t *err)
{
    apr_array_header_t *nodes =
        apr_array_make(c->pool, 32, sizeof(ej_node_t *));
    if (err)
        ej_refusal_log(c->r, err, c->identity, c->path);
    c->doc = ej_xml_doc(c->run);
    ej_frame_set(c);
    ej_xml_rows(nodes, ej_xml_add(ej_xml_page(c->doc), "outcomes"), "cell",
                c->outcome_rows, NULL, NULL);
    c->format = EJ_XML;
    apr_table_setn(c->r->err_headers_out, "Cache-Control", "no-store");
    return send_doc(c, err ? err->status : HTTP_OK);
}

/* ---------------------------------------------------------------- errors -- */

/* Set the headers of every error page. */
static void set_error_headers(const ej_request_t *request, const ej_err_t *err)
{
    apr_table_unset(request->r->headers_out, "ETag");
    ej_send_caching(request->r, 1);
    set_status_headers(request, err);
}

/* Whether an error is reported as XML: to scripts and to programs with a key.
 */
static int is_xml(const ej_request_t *request)
{
    request_rec *r = request->r;
    return ej_format_is_xml(r) || apr_table_get(r->headers_in, "X-Ejournal") ||
           ej_key_is_sent(request);
}

/* Make the context and document of an error page. */
static ej_ctx_t *error_page(ej_request_t *request, const ej_err_t *err)
{
    request_rec *r = request->r;
    ej_ctx_t *c = apr_pcalloc(r->pool, sizeof *c);
    c->request = request;
    c->identity = request->identity;
    c->r = r;
    c->pool = c->run = r->pool;
    c->list_at = -1;
    c->calendar_at = -1;
    c->json_at = -1;
    c->path = request->path;
    c->format = is_xml(request) ? EJ_XML : EJ_HTML;
    const char *number = ej_refusal_log(r, err, c->identity, c->path);
    if (number)
        ej_cookie_set_error(
            request, c->identity ? c->identity->account_id : 0, number);
    c->doc = ej_xml_doc(r->pool);
    ej_frame_set(c);
    ej_refusal_errors(r->pool, ej_xml_page(c->doc), err, number);
    set_error_headers(request, err);
    return c;
}

/* Refuse a guess by the page that is kept for it. It is not compressed, since
 * that would take longer than all the rest. */
static int answer_brief(ej_request_t *request, const ej_err_t *err)
{
    request_rec *r = request->r;
    const char *text;
    apr_size_t length;
    ej_refusal_log(r, err, request->identity, request->path);
    if (ej_brief_find(&text, &length, request))
        return HTTP_INTERNAL_SERVER_ERROR;
    set_error_headers(request, err);
    apr_table_setn(r->subprocess_env, "no-gzip", "1");
    return ej_send_answer(r, err->status, ej_out_type(EJ_HTML), text, length);
}

int ej_answer_fail(ej_request_t *request, const ej_err_t *err)
{
    if (err->rv == AP_FILTER_ERROR)
        return AP_FILTER_ERROR;
    if (err->rv == APR_ECONNABORTED)
        return ej_send_nothing(request->r);
    request->failed = err->code;
    if (ej_api_is(request))
        return ej_api_fail(request, err);
    if (err->is_brief && !is_xml(request))
        return answer_brief(request, err);
    return send_doc(error_page(request, err), err->status);
}

int ej_answer_fail_typed(const ej_ctx_t *failed, const ej_err_t *err,
                         const ej_params_t *typed, apr_table_t *form)
{
    ej_ctx_t *c = error_page(failed->request, err);
    failed->request->failed = err->code;
    /* the form keeps its operation's id: sent twice it is still done once */
    apr_table_set(form, "operation_id", failed->operation_id);
    ej_xml_set(ej_xml_page(c->doc), "login_token", failed->login_token);
    ej_refusal_typed(c, typed, form, err);
    return send_doc(c, err->status);
}

int ej_answer_apache_error(ej_request_t *request)
{
    static const struct {
        int status;
        ej_code_t code;
    } codes[] = {{400, JE100}, {401, JE306}, {403, JE301},
                 {404, JE401}, {405, JE119}, {408, JE117},
                 {413, JE109}, {414, JE118}, {503, JE501}};
    request_rec *before = request->r->prev;
    int status = before ? before->status : HTTP_NOT_FOUND;
    ej_code_t code = status >= 500 ? JE500 : JE100;
    int is_known = 0;
    for (apr_size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (codes[i].status == status) {
            code = codes[i].code;
            is_known = 1;
        }
    const ej_err_t *fault = before ? ej_request_of(before)->fault : NULL;
    if (fault && status == HTTP_UNAUTHORIZED)
        code = fault->code; /* of a refused Basic log-in */
    ej_err_t *err = ej_err(request->r->pool, code, NULL, "by Apache itself");
    if (status >= 400 && !is_known)
        err->status = status;
    return ej_answer_fail(request, err);
}
