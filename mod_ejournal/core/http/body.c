/* body.c: reads the fields of a request from its body or query string.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "http/body.h"

#include <http_protocol.h>
#include <util_filter.h>

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

/* Append the data of one brigade to *body; sets *end at the end of the body. */
static apr_status_t append(char **body, apr_size_t *length, apr_size_t *room,
                           apr_bucket_brigade *bb, request_rec *r, int *end)
{
    for (apr_bucket *b = APR_BRIGADE_FIRST(bb); b != APR_BRIGADE_SENTINEL(bb);
         b = APR_BUCKET_NEXT(b)) {
        const char *data;
        apr_size_t n;
        if (APR_BUCKET_IS_EOS(b)) {
            *end = 1;
            return APR_SUCCESS;
        }
        if (APR_BUCKET_IS_METADATA(b))
            continue;
        apr_status_t rv = apr_bucket_read(b, &data, &n, APR_BLOCK_READ);
        if (rv != APR_SUCCESS)
            return rv;
        if (*length + n + 1 > *room) {
            *room = (*length + n + 1) * 2;
            char *larger = apr_palloc(r->pool, *room);
            memcpy(larger, *body, *length);
            *body = larger;
        }
        memcpy(*body + *length, data, n);
        *length += n;
    }
    return APR_SUCCESS;
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

ej_err_t *ej_body_read(apr_table_t **form, const ej_request_t *request)
{
    request_rec *r = request->r;
    apr_off_t limit = request->conf->body_limit;
    const char *length_sent = apr_table_get(r->headers_in, "Content-Length");
    apr_off_t announced = 0;
    *form = apr_table_make(r->pool, 32);
    int is_length =
        !length_sent || ap_parse_strict_length(&announced, length_sent);
    if (!is_length || announced > limit) {
        r->connection->keepalive = AP_CONN_CLOSE;
        return ej_err(r->pool, is_length ? JE109 : JE100, NULL,
                      "Content-Length");
    }
    if (!is_form(r))
        return ej_err(r->pool, JE100, NULL, "not a urlencoded form");

    apr_size_t length = 0, room = announced ? (apr_size_t)announced + 1 : 4096;
    char *body = apr_palloc(r->pool, room);
    apr_bucket_brigade *bb =
        apr_brigade_create(r->pool, r->connection->bucket_alloc);
    for (int end = 0; !end;) {
        apr_status_t rv =
            ap_get_brigade(r->input_filters, bb, AP_MODE_READBYTES,
                           APR_BLOCK_READ, HUGE_STRING_LEN);
        if (rv == APR_SUCCESS)
            rv = append(&body, &length, &room, bb, r, &end);
        apr_brigade_cleanup(bb);
        if (rv != APR_SUCCESS)
            return read_error(r, rv);
        if ((apr_off_t)length > limit) {
            r->connection->keepalive = AP_CONN_CLOSE;
            return ej_err(r->pool, JE109, NULL, "while reading");
        }
    }
    ej_code_t code = ej_parse_form(r->pool, body, length, MAX_FIELDS, *form);
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
