/* body.c: reads the fields of a request from its body or query string.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "http/body.h"

#include <http_protocol.h>
#include <util_filter.h>

#include "http/upload.h"
#include "text/parse.h"

#define MAX_FIELDS 20000

static int is_form(request_rec *r)
{
    const char *type = apr_table_get(r->headers_in, "Content-Type");
    const char *form = "application/x-www-form-urlencoded";
    return type && !strncasecmp(type, form, strlen(form)) &&
           (!type[strlen(form)] || type[strlen(form)] == ';' ||
            type[strlen(form)] == ' ');
}

/* A body in memory, while it is read. */
typedef struct {
    apr_pool_t *pool;
    char *text;
    apr_size_t length, room;
} body_t;

/* Takes the next data of the body. */
typedef ej_err_t *sink_t(void *to, const char *data, apr_size_t n);

static ej_err_t *append(void *to, const char *data, apr_size_t n)
{
    body_t *body = to;
    if (body->length + n + 1 > body->room) {
        body->room = (body->length + n + 1) * 2;
        char *larger = apr_palloc(body->pool, body->room);
        memcpy(larger, body->text, body->length);
        body->text = larger;
    }
    memcpy(body->text + body->length, data, n);
    body->length += n;
    return NULL;
}

static ej_err_t *take_upload(void *to, const char *data, apr_size_t n)
{
    return ej_upload_take(to, data, n);
}

/* Make the error for a body that could not be read. With AP_FILTER_ERROR Apache
 * has replied by itself (a broken chunk, LimitRequestBody): ej_answer_fail then
 * sends nothing. */
static ej_err_t *read_error(request_rec *r, apr_status_t rv)
{
    int status = ap_map_http_request_error(rv, HTTP_BAD_REQUEST);
    ej_err_t *err = ej_err(r->pool,
                           status == HTTP_REQUEST_TIME_OUT           ? JE117
                           : status == HTTP_REQUEST_ENTITY_TOO_LARGE ? JE109
                                                                     : JE100,
                           NULL, "the body could not be read");
    err->rv = rv;
    r->connection->keepalive = AP_CONN_CLOSE;
    return err;
}

/* Pass the data of one brigade on; adds their length to *length and sets *end
 * at the end of the body. Errors: of reading, and those of sink. */
static ej_err_t *pass(request_rec *r, apr_bucket_brigade *bb, sink_t *sink,
                      void *to, apr_off_t *length, int *end)
{
    for (apr_bucket *b = APR_BRIGADE_FIRST(bb); b != APR_BRIGADE_SENTINEL(bb);
         b = APR_BUCKET_NEXT(b)) {
        const char *data;
        apr_size_t n;
        if (APR_BUCKET_IS_EOS(b)) {
            *end = 1;
            return NULL;
        }
        if (APR_BUCKET_IS_METADATA(b))
            continue;
        apr_status_t rv = apr_bucket_read(b, &data, &n, APR_BLOCK_READ);
        if (rv != APR_SUCCESS)
            return read_error(r, rv);
        *length += (apr_off_t)n;
        EJ_TRY(sink(to, data, n));
    }
    return NULL;
}

/* Read the whole body, at most limit bytes. */
static ej_err_t *read_all(request_rec *r, apr_off_t limit, sink_t *sink,
                          void *to)
{
    apr_off_t length = 0;
    apr_bucket_brigade *bb =
        apr_brigade_create(r->pool, r->connection->bucket_alloc);
    for (int end = 0; !end;) {
        apr_status_t rv =
            ap_get_brigade(r->input_filters, bb, AP_MODE_READBYTES,
                           APR_BLOCK_READ, HUGE_STRING_LEN);
        ej_err_t *err = rv == APR_SUCCESS ? pass(r, bb, sink, to, &length, &end)
                                          : read_error(r, rv);
        apr_brigade_cleanup(bb);
        if (!err && length > limit)
            err = ej_err(r->pool, JE109, NULL, "while reading");
        if (err) {
            r->connection->keepalive = AP_CONN_CLOSE;
            return err;
        }
    }
    return NULL;
}

/* Check the announced length; sets *announced, 0 without one. */
static ej_err_t *check_length(request_rec *r, apr_off_t limit,
                              apr_off_t *announced)
{
    const char *sent = apr_table_get(r->headers_in, "Content-Length");
    int is_length = !sent || ap_parse_strict_length(announced, sent);
    if (is_length && *announced <= limit)
        return NULL;
    r->connection->keepalive = AP_CONN_CLOSE;
    return ej_err(r->pool, is_length ? JE109 : JE100, NULL, "Content-Length");
}

ej_err_t *ej_body_read(apr_table_t **form, ej_request_t *request)
{
    request_rec *r = request->r;
    apr_off_t announced = 0;
    *form = apr_table_make(r->pool, 32);
    ej_upload_t *upload = ej_upload_begin(request, *form);
    apr_off_t limit = upload ? (apr_off_t)request->route->upload_kb * 1024
                             : request->conf->body_limit;
    EJ_TRY(check_length(r, limit, &announced));
    if (upload) {
        EJ_TRY(read_all(r, limit, take_upload, upload));
        return ej_upload_end(upload);
    }
    if (!is_form(r))
        return ej_err(r->pool, JE100, NULL, "not a urlencoded form");
    body_t body = {.pool = r->pool,
                   .room = announced ? (apr_size_t)announced + 1 : 4096};
    body.text = apr_palloc(r->pool, body.room);
    EJ_TRY(read_all(r, limit, append, &body));
    ej_code_t code =
        ej_parse_form(r->pool, body.text, body.length, MAX_FIELDS, *form);
    return code ? ej_err(r->pool, code, NULL, "form body") : NULL;
}

ej_err_t *ej_body_query(apr_table_t **form, request_rec *r)
{
    *form = apr_table_make(r->pool, 8);
    if (!r->args)
        return NULL;
    ej_code_t code =
        ej_parse_form(r->pool, r->args, strlen(r->args), 200, *form);
    return code ? ej_err(r->pool, code, NULL, "query string") : NULL;
}
