/* form.c: reading a body, and typed fields.
 *
 * Only what a handler declares enters the parameters, so a form cannot
 * smuggle one in. Everything wrong is gathered and told at once.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ctx.h"

#include <apr_lib.h>
#include <http_protocol.h>
#include <util_filter.h>

#define MAX_FIELDS 20000

ej_params_t *ej_params_make(apr_pool_t *pool, const apr_table_t *path,
                            const apr_table_t *form)
{
    ej_params_t *p = apr_pcalloc(pool, sizeof *p);
    p->pool = pool;
    p->values = apr_hash_make(pool);
    p->secret = apr_hash_make(pool);
    p->form = form;
    p->rows = -1;
    const apr_array_header_t *pairs = apr_table_elts(path);
    for (int i = 0; i < pairs->nelts; i++) {
        const apr_table_entry_t *pair =
            &APR_ARRAY_IDX(pairs, i, apr_table_entry_t);
        apr_hash_set(p->values, pair->key, APR_HASH_KEY_STRING, pair->val);
    }
    return p;
}

static int is_form(request_rec *r)
{
    const char *type = apr_table_get(r->headers_in, "Content-Type");
    const char *form = "application/x-www-form-urlencoded";
    return type && !strncasecmp(type, form, strlen(form)) &&
           (!type[strlen(form)] || type[strlen(form)] == ';' ||
            type[strlen(form)] == ' ');
}

/* Append what one brigade holds; *length is at most limit afterwards. */
static apr_status_t gather(char **body, apr_size_t *length, apr_size_t *room,
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

/* Why a body was not read. With AP_FILTER_ERROR Apache has answered by itself
 * (a broken chunk, LimitRequestBody): ej_ctx_fail then sends nothing more. */
static ej_err_t *unread(request_rec *r, apr_status_t rv)
{
    int status = ap_map_http_request_error(rv, HTTP_BAD_REQUEST);
    ej_err_t *err = ej_err(r->pool,
                           status == HTTP_REQUEST_TIME_OUT           ? "JE117"
                           : status == HTTP_REQUEST_ENTITY_TOO_LARGE ? "JE109"
                                                                     : "JE100",
                           NULL, "the body could not be read");
    err->rv = rv;
    r->connection->keepalive = AP_CONN_CLOSE;
    return err;
}

ej_err_t *ej_form_read(apr_table_t **form, request_rec *r,
                       const ej_server_t *conf)
{
    const char *said = apr_table_get(r->headers_in, "Content-Length");
    apr_off_t announced = 0;
    *form = apr_table_make(r->pool, 32);
    int is_length = !said || ap_parse_strict_length(&announced, said);
    if (!is_length || announced > conf->body_limit) {
        r->connection->keepalive = AP_CONN_CLOSE;
        return ej_err(r->pool, is_length ? "JE109" : "JE100", NULL,
                      "Content-Length");
    }
    if (!is_form(r))
        return ej_err(r->pool, "JE100", NULL, "not a urlencoded form");

    apr_size_t length = 0, room = announced ? (apr_size_t)announced + 1 : 4096;
    char *body = apr_palloc(r->pool, room);
    apr_bucket_brigade *bb =
        apr_brigade_create(r->pool, r->connection->bucket_alloc);
    for (int end = 0; !end;) {
        apr_status_t rv =
            ap_get_brigade(r->input_filters, bb, AP_MODE_READBYTES,
                           APR_BLOCK_READ, HUGE_STRING_LEN);
        if (rv == APR_SUCCESS)
            rv = gather(&body, &length, &room, bb, r, &end);
        apr_brigade_cleanup(bb);
        if (rv != APR_SUCCESS)
            return unread(r, rv);
        if ((apr_off_t)length > conf->body_limit) {
            r->connection->keepalive = AP_CONN_CLOSE;
            return ej_err(r->pool, "JE109", NULL, "while reading");
        }
    }
    const char *code = ej_parse_form(r->pool, body, length, MAX_FIELDS, *form);
    return code ? ej_err(r->pool, code, NULL, "form body") : NULL;
}

ej_err_t *ej_form_query(apr_table_t **form, request_rec *r)
{
    *form = apr_table_make(r->pool, 8);
    if (!r->args)
        return NULL;
    const char *code =
        ej_parse_form(r->pool, r->args, strlen(r->args), 200, *form);
    return code ? ej_err(r->pool, code, NULL, "query string") : NULL;
}

/* -------------------------------------------------------------- fields -- */

static void wrong(ej_params_t *p, const char *code, const char *field, int n,
                  const char *value)
{
    ej_err_t *err = ej_err(p->pool, code, field, NULL);
    err->n = n;
    err->value = value;
    if (p->last)
        p->last->next = err;
    else
        p->first = err;
    p->last = err;
}

/* NULL takes the name away. */
static void put(ej_params_t *p, const char *name, const char *value)
{
    apr_hash_set(p->values, name, APR_HASH_KEY_STRING, value);
}

void ej_param_set(ej_params_t *p, const char *name, const char *value)
{
    put(p, name, value);
}

const char *ej_param(const ej_params_t *p, const char *name)
{
    return apr_hash_get(p->values, name, APR_HASH_KEY_STRING);
}

ej_err_t *ej_params_check(ej_params_t *p)
{
    return p->first;
}

/* What came under a name; NULL when nothing or only blanks. */
static const char *came(ej_params_t *p, const char *name, int required)
{
    const char *value = apr_table_get(p->form, name);
    if (value && !*(value = ej_text_trim(p->pool, value)))
        value = NULL;
    if (!value && required)
        wrong(p, "JE101", name, 0, NULL);
    return value;
}

void ej_form_id(ej_params_t *p, const char *name, int required)
{
    ej_id_t id;
    const char *value = came(p, name, required);
    if (value && !ej_parse_id(&id, value, strlen(value))) {
        wrong(p, "JE102", name, 0, NULL);
        value = NULL;
    }
    put(p, name, value);
}

void ej_form_number(ej_params_t *p, const char *name, int min, int max)
{
    int number;
    const char *value = came(p, name, EJ_OPTIONAL);
    if (value && !ej_parse_number(&number, value, min, max)) {
        wrong(p, "JE102", name, 0, NULL);
        value = NULL;
    }
    put(p, name, value);
}

void ej_form_day(ej_params_t *p, const char *name, int required)
{
    const char *value = came(p, name, required);
    if (value && !ej_day_is(value)) {
        wrong(p, "JE103", name, 0, NULL);
        value = NULL;
    }
    put(p, name, value);
}

void ej_form_flag(ej_params_t *p, const char *name)
{
    const char *value = came(p, name, EJ_OPTIONAL);
    int is_set = value && (!strcmp(value, "1") || !strcmp(value, "on"));
    put(p, name, is_set ? "t" : "f");
}

/* The code of what is wrong with a text, or NULL. */
static const char *text_fault(const char *value, int max, int lines)
{
    if (!ej_text_is_clean(value, strlen(value), lines))
        return "JE105";
    if (ej_text_length(value) > (apr_size_t)max)
        return "JE104";
    return NULL;
}

static void text(ej_params_t *p, const char *name, int max, int required,
                 int lines)
{
    const char *value = came(p, name, required);
    const char *code = value ? text_fault(value, max, lines) : NULL;
    if (code)
        wrong(p, code, name, 0, NULL);
    put(p, name, code || !value ? "" : value);
}

void ej_form_line(ej_params_t *p, const char *name, int max, int required)
{
    text(p, name, max, required, 0);
}

void ej_form_prose(ej_params_t *p, const char *name, int max, int required)
{
    text(p, name, max, required, 1);
}

void ej_form_secret(ej_params_t *p, const char *name, int max)
{
    const char *value = apr_table_get(p->form, name);
    apr_hash_set(p->secret, name, APR_HASH_KEY_STRING, "");
    if (!value || !*value)
        wrong(p, "JE101", name, 0, NULL);
    else if (strlen(value) > (apr_size_t)max * 4)
        wrong(p, "JE104", name, 0, NULL);
    else if (strchr(value, EJ_FORM_NUL))
        wrong(p, "JE105", name, 0, NULL);
    put(p, name, value ? value : "");
}

void ej_form_code(ej_params_t *p, const char *name)
{
    const char *value = came(p, name, EJ_REQUIRED);
    const char *fault = value ? text_fault(value, 200, 0) : NULL;
    if (fault)
        wrong(p, fault, name, 0, NULL);
    put(p, name, fault || !value ? "" : ej_text_code(p->pool, value));
}

/* ------------------------------------------------------------- arrays -- */

static apr_array_header_t *all(ej_params_t *p, const char *name)
{
    apr_array_header_t *found =
        apr_array_make(p->pool, p->rows > 0 ? p->rows : 16, sizeof(char *));
    const apr_array_header_t *pairs = apr_table_elts(p->form);
    for (int i = 0; i < pairs->nelts; i++) {
        const apr_table_entry_t *pair =
            &APR_ARRAY_IDX(pairs, i, apr_table_entry_t);
        if (!strcmp(pair->key, name))
            APR_ARRAY_PUSH(found, const char *) =
                ej_text_trim(p->pool, pair->val);
    }
    return found;
}

/* Keep the array when its length fits. */
static void put_array(ej_params_t *p, const char *name,
                      const apr_array_header_t *texts, int max)
{
    if (p->rows < 0)
        p->rows = texts->nelts;
    if (texts->nelts != p->rows || texts->nelts > max)
        wrong(p, "JE107", name, 0, NULL);
    else
        put(p, name,
            ej_text_array(p->pool, (const char *const *)texts->elts,
                          texts->nelts));
}

void ej_form_ids(ej_params_t *p, const char *name, int max)
{
    const apr_array_header_t *texts = all(p, name);
    for (int i = 0; i < texts->nelts; i++) {
        ej_id_t id;
        const char *value = APR_ARRAY_IDX(texts, i, const char *);
        if (!ej_parse_id(&id, value, strlen(value)))
            wrong(p, "JE102", name, i + 1, NULL);
    }
    put_array(p, name, texts, max);
}

void ej_form_lines(ej_params_t *p, const char *name, int length, int max)
{
    const apr_array_header_t *texts = all(p, name);
    for (int i = 0; i < texts->nelts; i++) {
        const char *code =
            text_fault(APR_ARRAY_IDX(texts, i, const char *), length, 0);
        if (code)
            wrong(p, code, name, i + 1, NULL);
    }
    put_array(p, name, texts, max);
}

/* The ids behind `prefix.`; 0 when the name is not of that form. */
static int keyed(const char *name, const char *prefix, int ids,
                 const char **first, const char **second, apr_pool_t *pool)
{
    apr_size_t length = strlen(prefix);
    ej_id_t id;
    if (strncmp(name, prefix, length) || name[length] != '.')
        return 0;
    const char *from = name + length + 1;
    const char *dot = strchr(from, '.');
    if ((dot != NULL) != (ids == 2))
        return 0;
    *first = dot ? apr_pstrmemdup(pool, from, dot - from) : from;
    *second = dot ? dot + 1 : NULL;
    return ej_parse_id(&id, *first, strlen(*first)) &&
           (!*second || ej_parse_id(&id, *second, strlen(*second)));
}

/* The text of one keyed field, told by its whole name when it is wrong. */
static const char *keyed_text(ej_params_t *p, const char *name,
                              const char *value, int length)
{
    const char *trimmed = ej_text_trim(p->pool, value);
    const char *code = text_fault(trimmed, length, 1);
    if (code)
        wrong(p, code, name, 0, NULL);
    return code ? "" : trimmed;
}

/* The first value of each name: the look-up in a table is linear. */
static apr_hash_t *index_of(ej_params_t *p)
{
    const apr_array_header_t *pairs = apr_table_elts(p->form);
    if (p->index)
        return p->index;
    p->index = apr_hash_make(p->pool);
    for (int i = pairs->nelts - 1; i >= 0; i--) {
        const apr_table_entry_t *pair =
            &APR_ARRAY_IDX(pairs, i, apr_table_entry_t);
        apr_hash_set(p->index, pair->key, APR_HASH_KEY_STRING, pair->val);
    }
    return p->index;
}

void ej_form_keyed(ej_params_t *p, const char *prefix, int ids, int length,
                   int max)
{
    apr_array_header_t *texts = apr_array_make(p->pool, 32, sizeof(char *));
    apr_array_header_t *olds = apr_array_make(p->pool, 32, sizeof(char *));
    apr_array_header_t *first = apr_array_make(p->pool, 32, sizeof(char *));
    apr_array_header_t *second = apr_array_make(p->pool, 32, sizeof(char *));
    const apr_array_header_t *pairs = apr_table_elts(p->form);

    for (int i = 0; i < pairs->nelts; i++) {
        const apr_table_entry_t *pair =
            &APR_ARRAY_IDX(pairs, i, apr_table_entry_t);
        const char *a, *b;
        if (!keyed(pair->key, prefix, ids, &a, &b, p->pool))
            continue;
        if (texts->nelts == max) {
            wrong(p, "JE107", prefix, 0, NULL);
            return;
        }
        APR_ARRAY_PUSH(texts, const char *) =
            keyed_text(p, pair->key, pair->val, length);
        const char *name = apr_pstrcat(p->pool, "old_", pair->key, NULL);
        const char *old = apr_hash_get(index_of(p), name, APR_HASH_KEY_STRING);
        APR_ARRAY_PUSH(olds, const char *) =
            keyed_text(p, name, old ? old : "", 8000);
        APR_ARRAY_PUSH(first, const char *) = a;
        APR_ARRAY_PUSH(second, const char *) = b;
    }
    p->rows = -1; /* each prefix is a table of its own */
    put_array(p, prefix, texts, max);
    put_array(p, apr_pstrcat(p->pool, "old_", prefix, NULL), olds, max);
    put_array(p, apr_pstrcat(p->pool, prefix, "_id", NULL), first, max);
    if (ids == 2)
        put_array(p, apr_pstrcat(p->pool, prefix, "_id2", NULL), second, max);
    p->rows = -1;
}
