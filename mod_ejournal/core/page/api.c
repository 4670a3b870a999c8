/* api.c: replies to programs, in JSON (/ims/…).
 *
 * A program has no session and no cookie: its token or its secret is in the
 * header Authorization, and only the database knows what they open
 * (sql/objects/clients.sql, oneroster_page.sql).
 * Source: 1EdTech OneRoster 1.2 (REST binding); RFC 6749, 6750, 8288
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/api.h"

#include <apr_base64.h>

#include "http/origin.h"
#include "out/send.h"
#include "page/page.h"
#include "page/refusal.h"
#include "text/err.h"
#include "text/filter.h"
#include "text/text.h"

#define TYPE "application/json; charset=utf-8"
#define PREFIX "/ims/"
#define TOKEN_PATH "/ims/oneroster/token"
#define LIMIT 100       /* objects of a page, unless the program says */
#define LIMIT_MOST 1000

int ej_api_is(const ej_request_t *request)
{
    return request->path && !strncmp(request->path, PREFIX, strlen(PREFIX));
}

/* ----------------------------------------------------------- the request -- */

/* Set client_key and client_secret from the credentials of Basic. */
static void set_secret(ej_ctx_t *c, ej_params_t *p, const char *sent)
{
    char *plain = apr_palloc(c->pool, (apr_size_t)apr_base64_decode_len(sent));
    int length = apr_base64_decode(plain, sent);
    char *colon = length > 0 ? memchr(plain, ':', (apr_size_t)length) : NULL;
    if (!colon || !ej_text_is_clean(plain, (apr_size_t)length, 0))
        return;
    ej_params_set(p, "client_key",
                  apr_pstrmemdup(c->pool, plain, (apr_size_t)(colon - plain)));
    ej_params_set(
        p, "client_secret",
        apr_pstrmemdup(c->pool, colon + 1,
                       (apr_size_t)(length - (colon + 1 - plain))));
}

void ej_page_credentials(ej_ctx_t *c, ej_params_t *p)
{
    const char *basic = ej_request_credentials(c->r, "Basic");
    ej_params_set(p, "token", ej_request_credentials(c->r, "Bearer"));
    if (basic)
        set_secret(c, p, basic);
    ej_params_set(p, "from_address", c->r->useragent_ip);
    ej_params_set(p, "base", ej_page_address(c));
}

ej_err_t *ej_page_filter(ej_ctx_t *c, ej_params_t *p, const char *filter)
{
    const char *json;
    ej_code_t code = ej_filter_read(&json, c->pool, filter);
    if (code)
        return ej_err(c->pool, code, "filter", NULL);
    ej_params_set(p, "filter", json);
    return NULL;
}

/* ------------------------------------------------------------- the reply -- */

/* A number of the query string, which the handler has read; otherwise: where it
 * is not given. */
static apr_int64_t number(const ej_ctx_t *c, const char *name,
                          apr_int64_t otherwise)
{
    const char *value = ej_params_get(c->params, name);
    return value && *value ? apr_atoi64(value) : otherwise;
}

/* The fields of the query string but limit and offset, each with an & before it.
 * One that could end the address in the header Link is left out. */
static const char *other_fields(const ej_ctx_t *c)
{
    char *last, *args = apr_pstrdup(c->pool, c->r->args ? c->r->args : "");
    const char *made = "";
    for (char *one = apr_strtok(args, "&", &last); one;
         one = apr_strtok(NULL, "&", &last))
        if (strncmp(one, "limit=", 6) && strncmp(one, "offset=", 7) &&
            !strpbrk(one, "<>\"\\ "))
            made = apr_pstrcat(c->pool, made, "&", one, NULL);
    return made;
}

static void add_link(ej_ctx_t *c, const char *name, apr_int64_t offset,
                     apr_int64_t limit)
{
    const char *link = apr_psprintf(
        c->pool,
        "<%s%s?limit=%" APR_INT64_T_FMT "&offset=%" APR_INT64_T_FMT
        "%s>; rel=\"%s\"",
        ej_page_address(c), c->path, limit, offset, other_fields(c), name);
    apr_table_mergen(c->r->headers_out, "Link", link);
}

/* Set X-Total-Count, and Link to the other pages. */
static void set_pages(ej_ctx_t *c, apr_int64_t total)
{
    apr_int64_t limit = number(c, "limit", LIMIT),
                offset = number(c, "offset", 0);
    if (limit > LIMIT_MOST)
        limit = LIMIT_MOST;
    apr_table_setn(c->r->headers_out, "X-Total-Count",
                   apr_psprintf(c->pool, "%" APR_INT64_T_FMT, total));
    if (offset + limit < total)
        add_link(c, "next", offset + limit, limit);
    if (offset > 0)
        add_link(c, "prev", offset > limit ? offset - limit : 0, limit);
    add_link(c, "first", 0, limit);
    add_link(c, "last", total ? (total - 1) / limit * limit : 0, limit);
}

int ej_api_send(ej_ctx_t *c)
{
    const ej_result_t *row =
        APR_ARRAY_IDX(c->queue, c->json_at, ej_entry_t).result;
    int total = ej_result_column(row, "total");
    const char *body = ej_result_get(row, 0, ej_result_column(row, "body"));
    ej_send_caching(c->r, 1);
    if (total >= 0 && !ej_params_get(c->params, "sourced_key"))
        set_pages(c, apr_atoi64(ej_result_get(row, 0, total)));
    return ej_send_answer(c->r, HTTP_OK, TYPE, body, strlen(body));
}

/* ------------------------------------------------------------ the errors -- */

/* The imsx_codeMinorFieldValue (1EdTech) of an error. */
static const char *minor_code(const ej_err_t *err)
{
    static const struct {
        int status;
        const char *word;
    } words[] = {{400, "invaliddata"}, {401, "unauthorisedrequest"},
                 {403, "forbidden"},   {404, "unknownobject"},
                 {405, "unsupported"}, {422, "invaliddata"},
                 {429, "server_busy"}, {503, "server_busy"}};
    if (err->code == JE180)
        return "invalid_filter_field";
    if (err->code == JE181)
        return "invalid_selection_field";
    for (apr_size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].status == err->status)
            return words[i].word;
    return "internal_server_error";
}

/* The error code of RFC 6749 for an error at the token's address. */
static const char *token_error(const ej_err_t *err)
{
    return err->code == JE312   ? "invalid_client"
           : err->code == JE313 ? "invalid_scope"
           : err->code == JE182 ? "unsupported_grant_type"
           : err->status >= 500 ? "temporarily_unavailable"
                                : "invalid_request";
}

/* The JSON of an error. number: under which the log has it, or NULL. */
static const char *error_body(apr_pool_t *pool, const ej_err_t *err,
                              const char *number, int is_token)
{
    const char *words = apr_pstrcat(
        pool, ej_err_name(err->code), ": ", ej_err_text(err->code),
        err->field ? ", field " : "", err->field ? err->field : "",
        number ? ", number " : "", number ? number : "", NULL);
    const char *text = ej_text_json(pool, words);
    if (is_token)
        return apr_pstrcat(pool, "{\"error\":\"", token_error(err),
                           "\",\"error_description\":", text, "}", NULL);
    return apr_pstrcat(
        pool,
        "{\"imsx_codeMajor\":\"failure\",\"imsx_severity\":\"error\","
        "\"imsx_description\":",
        text,
        ",\"imsx_CodeMinor\":{\"imsx_codeMinorField\":["
        "{\"imsx_codeMinorFieldName\":\"TargetEndSystem\","
        "\"imsx_codeMinorFieldValue\":\"",
        minor_code(err), "\"}]}}", NULL);
}

int ej_api_fail(const ej_request_t *request, const ej_err_t *err)
{
    request_rec *r = request->r;
    int is_token = !strcmp(request->path, TOKEN_PATH);
    const char *number = ej_refusal_log(r, err, NULL, request->path);
    apr_table_unset(r->headers_out, "ETag");
    ej_send_caching(r, 1);
    if (err->status == HTTP_UNAUTHORIZED)
        apr_table_setn(r->err_headers_out, "WWW-Authenticate",
                       is_token ? "Basic realm=\"ejournal\""
                                : "Bearer realm=\"ejournal\"");
    if (err->status == HTTP_SERVICE_UNAVAILABLE || err->status == 429)
        apr_table_setn(r->err_headers_out, "Retry-After", "2");
    const char *body = error_body(r->pool, err, number, is_token);
    return ej_send_answer(r, err->status, TYPE, body, strlen(body));
}
