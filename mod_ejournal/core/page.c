/* page.c: the shape of every answer: page, refusal, outcomes, error.
 *
 * One document per answer (design.md 6); what a person reads is in xslt/.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page.h"
#include "revision.h"

#include <apr_lib.h>
#include <http_core.h>
#include <http_log.h>
#include <http_protocol.h>
#include <http_request.h>

APLOG_USE_MODULE(ejournal);

#define VERSION "0.1"

/* -------------------------------------------------------- what is asked -- */

/* The weight behind a media type, in thousandths: 0, 1, 0.875. What is none is
 * no weight. */
static int weight(const char *at, const char *end)
{
    while ((at = memchr(at, ';', (apr_size_t)(end - at))) != NULL) {
        at++;
        at += strspn(at, " \t");
        if ((*at != 'q' && *at != 'Q') || at[1] != '=')
            continue;
        at += 2;
        if (*at != '0' || (at[1] && !strchr("., ;\t", at[1])))
            return 1000;
        int made = 0;
        at += at[1] == '.' ? 2 : 1;
        for (int unit = 100; unit && apr_isdigit(*at); unit /= 10)
            made += (*at++ - '0') * unit;
        return made;
    }
    return 1000;
}

/* Quality, in thousandths, that Accept gives to a type; -1 not named. */
static int quality(const char *accept, const char *type)
{
    for (const char *at = accept; *at;) {
        at += strspn(at, ", \t");
        const char *end = at + strcspn(at, ",");
        apr_size_t length = strcspn(at, ",; \t");
        if (length == strlen(type) && !strncasecmp(at, type, length))
            return weight(at, end);
        at = end;
    }
    return -1;
}

static int accepts_xml(request_rec *r)
{
    const char *accept = apr_table_get(r->headers_in, "Accept");
    if (!accept)
        return 0;
    int xml = quality(accept, "application/xml");
    int html = quality(accept, "text/html");
    return xml > 0 && xml > html;
}

/* Set *format to the dialect of CSV that is asked for. */
static ej_err_t *dialect(ej_format_t *format, request_rec *r,
                         const apr_table_t *query)
{
    const char *asked = apr_table_get(query, "dialect");
    if (asked && strcmp(asked, "rfc4180"))
        return ej_err(r->pool, "JE106", "dialect", "no such dialect");
    *format = asked ? EJ_RFC4180 : EJ_CSV;
    return NULL;
}

ej_err_t *ej_page_format(ej_format_t *format, request_rec *r)
{
    static const char *const names[] = {"html", "print", "xml", "csv"};
    apr_table_t *query;
    EJ_TRY(ej_form_query(&query, r));
    const char *asked = apr_table_get(query, "format");
    *format = accepts_xml(r) ? EJ_XML : EJ_HTML;
    if (!asked)
        return NULL;
    for (int i = 0; i < 4; i++)
        if (!strcmp(asked, names[i])) {
            *format = (ej_format_t)i;
            return *format == EJ_CSV ? dialect(format, r, query) : NULL;
        }
    return ej_err(r->pool, "JE106", "format", "no such format");
}

ej_err_t *ej_page_form_token(ej_ctx_t *c, const apr_table_t *form)
{
    const char *token = apr_table_get(form, "form_token");
    if (!token || !ej_digest_same(token, c->login_token ? c->login_token
                                                        : c->auth->form_token))
        return ej_err(c->pool, "JE303", NULL, NULL);
    return NULL;
}

const char *ej_page_operation_id(ej_ctx_t *c, const apr_table_t *form)
{
    const char *id = apr_table_get(form, "operation_id");
    if (id && strlen(id) == 36 && strspn(id, "0123456789abcdefABCDEF-") == 36)
        return id;
    unsigned char b[16];
    ej_random(b, sizeof b);
    b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
    b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
    const char *h = ej_text_hex(c->pool, b, sizeof b);
    return apr_psprintf(c->pool, "%.8s-%.4s-%.4s-%.4s-%.12s", h, h + 8, h + 12,
                        h + 16, h + 20);
}

void ej_page_fail_at(ej_ctx_t *c)
{
#ifdef EJ_FAULTS
    const char *step = apr_table_get(c->r->headers_in, "X-Ejournal-Fail-Step");
    const char *state = apr_table_get(c->r->headers_in, "X-Ejournal-Leave");
    if (step && c->is_write)
        ej_db_fail_at(c->db, atoi(step));
    if (state && c->auth)
        ej_db_leave(c->db, state, c->auth->digest);
#else
    (void)c;
#endif
}

/* What a status wants beside it: how to be let in; when it is worth asking
 * again (guesses are told how long they wait). */
static void status_headers(request_rec *r, const ej_err_t *err)
{
    if (err->status == HTTP_UNAUTHORIZED) {
        const char *below = ej_route_below(r, ej_mount(r));
        ej_auth_challenge(r, below && !strcmp(below, "/login"));
    }
    if (err->status == HTTP_SERVICE_UNAVAILABLE || err->status == 429)
        apr_table_setn(r->err_headers_out, "Retry-After",
                       err->status == 429 && err->value ? err->value : "2");
}

/* ------------------------------------------------------------- document -- */

static const char *roles_text(apr_pool_t *pool, unsigned roles)
{
    static const char *const names[] = {
        "administrator", "director",   "deputy", "class_teacher", "teacher",
        "pe_teacher",    "substitute", "hr",     "meals",         "observer",
        "parent",        "pupil",      "staff"};
    apr_array_header_t *found = apr_array_make(pool, 4, sizeof(char *));
    for (int i = 0; i < 13; i++)
        if (roles & 1u << i)
            APR_ARRAY_PUSH(found, const char *) = names[i];
    return apr_array_pstrcat(pool, found, ' ');
}

typedef struct {
    const char *name, *value;
} pair_t;

/* What every document says of its request. */
static int page_pairs(pair_t *pairs, ej_ctx_t *c)
{
    static const char *const formats[] = {"html", "print", "xml", "csv", "csv"};
    const ej_auth_t *auth = c->auth;
    int n = 0;
    pairs[n++] = (pair_t){"feature", c->route ? c->route->feature : "error"};
    pairs[n++] = (pair_t){"view", c->view ? c->view : "show"};
    pairs[n++] = (pair_t){"lang", "ru"};
    pairs[n++] = (pair_t){"base", c->mount->base};
    pairs[n++] = (pair_t){
        "path", c->path && ej_route_is_way(c->pool, c->path) ? c->path : NULL};
    pairs[n++] = (pair_t){"query", c->r->args};
    pairs[n++] = (pair_t){"format", formats[c->format]};
    pairs[n++] = (pair_t){"version", VERSION};
    pairs[n++] = (pair_t){"static", c->conf->static_digest};
    pairs[n++] = (pair_t){"login_token", c->login_token};
    if (!auth && c->login_token)
        pairs[n++] = (pair_t){"school", ej_school_only(c->r)};
    if (auth) {
        pairs[n++] = (pair_t){"roles", roles_text(c->pool, auth->roles)};
        pairs[n++] = (pair_t){"person", auth->person};
        pairs[n++] = (pair_t){"school", *auth->school ? auth->school : NULL};
        pairs[n++] =
            (pair_t){"account_id", apr_psprintf(c->pool, "%" APR_INT64_T_FMT,
                                                auth->account_id)};
        pairs[n++] = (pair_t){"form_token", auth->form_token};
        pairs[n++] = (pair_t){"is_shared", auth->is_shared ? "1" : NULL};
    }
    return n;
}

/* Whether a value may stand in the document at all: the query string is the
 * only one that nobody has checked. */
static void set_pairs(ej_ctx_t *c)
{
    pair_t pairs[20];
    int n = page_pairs(pairs, c);
    for (int i = 0; i < n; i++)
        if (pairs[i].value &&
            ej_text_is_clean(pairs[i].value, strlen(pairs[i].value), 0))
            ej_xml_set(ej_xml_page(c->doc), pairs[i].name, pairs[i].value);
}

/* ---------------------------------------------------------------- answer -- */

void ej_page_add_frame(ej_ctx_t *c, ej_digest_t *digest)
{
    pair_t pairs[20];
    int n = page_pairs(pairs, c);
    for (int i = 0; i < n; i++)
        ej_digest_add(digest, pairs[i].value,
                      pairs[i].value ? strlen(pairs[i].value) : 0);
    ej_digest_add(digest, c->conf->sheets_digest,
                  strlen(c->conf->sheets_digest));
}

static int send_doc(ej_ctx_t *c, int status)
{
    const char *text;
    apr_size_t length = 0;
    if (ej_out_client(c->r))
        return ej_out_gone(c->r);
    if (c->format == EJ_XML) {
        text = ej_xml_dump(&length, c->pool, c->doc);
        if (!text)
            return HTTP_INTERNAL_SERVER_ERROR;
    }
    else {
        const char *sheet = c->route ? c->route->feature : "error";
        ej_err_t *err = ej_out_transform(&text, &length, c->r, c->conf, c->doc,
                                         sheet, c->format);
        if (err)
            return c->route ? ej_ctx_fail(c->r, err)
                            : HTTP_INTERNAL_SERVER_ERROR;
    }
    if (EJ_IS_CSV(c->format))
        apr_table_setn(c->r->headers_out, "Content-Disposition",
                       apr_pstrcat(c->pool, "attachment; filename=\"",
                                   c->route->feature, ".csv\"", NULL));
    return ej_out_send(c->r, status, ej_out_type(c->format), text, length);
}

int ej_page_answer(ej_ctx_t *c, int status)
{
    if (EJ_IS_CSV(c->format))
        apr_table_setn(c->r->err_headers_out, "Cache-Control", "no-store");
    if (status == HTTP_OK && !c->is_write && c->r->method_number == M_GET &&
        ej_revision_is_same(c)) {
        int wrong = ap_discard_request_body(c->r);
        return wrong ? wrong : HTTP_NOT_MODIFIED;
    }
    ej_xml_set(ej_page_node(c), "view", c->view);
    ej_ctx_fill(c);
    set_pairs(c);
    if (c->refusal) {
        status_headers(c->r, c->refusal);
        ej_node_t *errors = ej_xml_add_first(ej_xml_page(c->doc), "errors");
        ej_xml_set(errors, "status", apr_itoa(c->pool, c->refusal->status));
        ej_page_errors(c->pool, errors, c->refusal, NULL);
    }
    return send_doc(c, status);
}

int ej_page_redirect(ej_ctx_t *c)
{
    apr_table_setn(c->r->err_headers_out, "Cache-Control", "no-store");
    apr_table_setn(c->r->headers_out, "Location",
                   c->location
                       ? c->location
                       : apr_pstrcat(c->pool, c->mount->base, "/", NULL));
    return ej_out_send(c->r, HTTP_SEE_OTHER, "text/plain; charset=utf-8", "",
                       0);
}

int ej_page_login(ej_ctx_t *c)
{
    request_rec *r = c->r;
    if (r->method_number != M_GET || c->format == EJ_XML || c->is_fragment)
        return ej_ctx_fail(r, ej_err(r->pool, "JE302", NULL, NULL));
    const char *back =
        r->args ? apr_pstrcat(r->pool, c->path, "?", r->args, NULL) : c->path;
    c->location = apr_pstrcat(r->pool, c->mount->base, "/login", NULL);
    if (strcmp(back, "/"))
        c->location =
            apr_pstrcat(r->pool, c->location,
                        "?back=", ap_escape_urlencoded(r->pool, back), NULL);
    return ej_page_redirect(c);
}

/* -------------------------------------------------------------- outcomes -- */

static const char *cell(const ej_result_t *rows, int row, const char *name,
                        apr_pool_t *pool)
{
    int column = ej_result_column(rows, name);
    const char *value = column < 0 ? NULL : ej_result_get(rows, row, column);
    return value ? apr_pstrdup(pool, value) : NULL;
}

/* How grave a status is: what one may not do outweighs what is wrong, and
 * that what has changed meanwhile. */
static int gravity(int status)
{
    return status == HTTP_FORBIDDEN ? 2 : status == HTTP_CONFLICT ? 0 : 1;
}

/* The gravest error first, since the first gives the answer its status: so it
 * is the same in whichever order the cells came. */
static ej_err_t *by_gravity(ej_err_t *first)
{
    ej_err_t *before = NULL;
    for (ej_err_t *e = first; e && e->next; e = e->next)
        if (gravity(e->next->status) >
            gravity(before ? before->next->status : first->status))
            before = e;
    if (!before)
        return first;
    ej_err_t *gravest = before->next;
    before->next = gravest->next;
    gravest->next = first;
    return gravest;
}

ej_err_t *ej_page_outcome_errors(ej_ctx_t *c)
{
    ej_err_t *first = NULL, *last = NULL;
    for (int i = 0; i < ej_result_rows(c->outcome_rows); i++) {
        const char *outcome = cell(c->outcome_rows, i, "outcome", c->pool);
        if (!outcome || !strcmp(outcome, "saved"))
            continue;
        const char *code = cell(c->outcome_rows, i, "code", c->pool);
        ej_err_t *err =
            ej_err(c->pool, code ? code : "JE210",
                   cell(c->outcome_rows, i, "field", c->pool), "outcome");
        const char *n = cell(c->outcome_rows, i, "n", c->pool);
        err->n = n ? atoi(n) : 0;
        err->value = cell(c->outcome_rows, i, "value", c->pool);
        err->who = cell(c->outcome_rows, i, "who", c->pool);
        err->at = cell(c->outcome_rows, i, "at", c->pool);
        if (last)
            last->next = err;
        else
            first = err;
        last = err;
    }
    return by_gravity(first);
}

int ej_page_fragment(ej_ctx_t *c, const ej_err_t *err)
{
    apr_array_header_t *nodes =
        apr_array_make(c->pool, 32, sizeof(ej_node_t *));
    if (err)
        ej_page_log(c->r, err, c->auth, c->path);
    c->doc = ej_xml_doc(c->run);
    set_pairs(c);
    ej_xml_rows(nodes, ej_xml_add(ej_xml_page(c->doc), "outcomes"), "cell",
                c->outcome_rows, NULL, NULL);
    c->format = EJ_XML;
    apr_table_setn(c->r->err_headers_out, "Cache-Control", "no-store");
    return send_doc(c, err ? err->status : HTTP_OK);
}

/* ---------------------------------------------------------------- errors -- */

/* Refusals that somebody who watches over the journal wants to see: guesses
 * and forged forms. Nothing below 500 is a fault of ours. */
static int level_of(const ej_err_t *err)
{
    static const char *const watched[] = {"JE110", "JE111", "JE303", "JE304"};
    if (err->status >= 500)
        return APLOG_ERR;
    if (!strcmp(err->code, "JE305")) /* the set-up's fault */
        return APLOG_WARNING;
    for (apr_size_t i = 0; i < sizeof watched / sizeof *watched; i++)
        if (!strcmp(err->code, watched[i]))
            return APLOG_NOTICE;
    return APLOG_INFO;
}

const char *ej_page_log(request_rec *r, const ej_err_t *err,
                        const ej_auth_t *auth, const char *path)
{
    unsigned char b[4];
    ej_random(b, sizeof b);
    const char *number = ej_text_hex(r->pool, b, sizeof b);
    ap_log_rerror(APLOG_MARK, level_of(err), err->rv, r,
                  "%s %d number %s account %" APR_INT64_T_FMT " %s %s: %s%s%s",
                  err->code, err->status, number,
                  auth ? auth->account_id : (ej_id_t)0, r->method,
                  ap_escape_logitem(r->pool, path ? path : "-"),
                  err->detail ? err->detail : "-",
                  err->sqlstate[0] ? " SQLSTATE " : "", err->sqlstate);
    return err->status >= 500 ? number : NULL;
}

/* A context that only shows err. */
static ej_ctx_t *failure(request_rec *r, const ej_err_t *err)
{
    ej_ctx_t *c = apr_pcalloc(r->pool, sizeof *c);
    ej_auth_of(&c->auth, r);
    c->r = r;
    c->pool = c->run = r->pool;
    c->conf = ej_server(r->server);
    c->mount = ej_mount(r);
    c->path = ej_route_below(r, c->mount);
    c->format = accepts_xml(r) || apr_table_get(r->headers_in, "X-Ejournal")
                    ? EJ_XML
                    : EJ_HTML;
    const char *number = ej_page_log(r, err, c->auth, c->path);
    c->doc = ej_xml_doc(r->pool);
    set_pairs(c);
    ej_page_errors(r->pool, ej_xml_page(c->doc), err, number);
    apr_table_unset(r->headers_out, "ETag");
    ej_out_headers(r, 1);
    status_headers(r, err);
    return c;
}

int ej_ctx_fail(request_rec *r, const ej_err_t *err)
{
    if (err->rv == AP_FILTER_ERROR)
        return AP_FILTER_ERROR;
    if (err->rv == APR_ECONNABORTED)
        return ej_out_gone(r);
    return send_doc(failure(r, err), err->status);
}

int ej_page_fail_typed(const ej_ctx_t *of, const ej_err_t *err,
                       const ej_params_t *typed, apr_table_t *form)
{
    ej_ctx_t *c = failure(of->r, err);
    /* sent again it is the same operation, done once */
    apr_table_set(form, "operation_id", of->operation_id);
    ej_xml_set(ej_xml_page(c->doc), "login_token", of->login_token);
    ej_page_typed(c, typed, form, err);
    return send_doc(c, err->status);
}

int ej_page_apache_error(request_rec *r)
{
    static const struct {
        int status;
        const char *code;
    } codes[] = {{400, "JE100"}, {401, "JE306"}, {403, "JE301"},
                 {404, "JE401"}, {405, "JE119"}, {408, "JE117"},
                 {413, "JE109"}, {414, "JE118"}, {503, "JE501"}};
    int status = r->prev ? r->prev->status : HTTP_NOT_FOUND;
    const ej_auth_t *nobody;
    const ej_err_t *why = r->prev ? ej_auth_of(&nobody, r->prev) : NULL;
    if (why && status == 401) /* Basic: what was typed is wrong */
        return ej_ctx_fail(
            r, ej_err(r->pool, why->code, NULL, "by Apache itself"));
    for (apr_size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (codes[i].status == status)
            return ej_ctx_fail(
                r, ej_err(r->pool, codes[i].code, NULL, "by Apache itself"));
    ej_err_t *err = ej_err(r->pool, status >= 500 ? "JE500" : "JE100", NULL,
                           "by Apache itself");
    if (status >= 400)
        err->status = status;
    return ej_ctx_fail(r, err);
}
