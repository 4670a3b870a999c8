/* refusal.c: puts errors and typed values into a document, and logs refusals.
 *
 * A form may have thousands of fields and as many errors. Each error is put
 * into the row of its field here, so that a sheet need not search for it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/refusal.h"

#include <apr_escape.h>
#include <http_core.h>
#include <http_log.h>

#include "text/err.h"
#include "text/text.h"

APLOG_USE_MODULE(ejournal);

#define SHOWN 50 /* errors that a person reads at once */

/* ---------------------------------------------------------------- errors -- */

static void add_error(apr_pool_t *pool, ej_node_t *parent, const ej_err_t *err,
                      const char *number, int more)
{
    ej_node_t *node = ej_xml_add(parent, "error");
    ej_xml_set(node, "code", ej_err_name(err->code));
    ej_xml_set(node, "status", apr_itoa(pool, err->status));
    ej_xml_set(node, "field", err->field);
    ej_xml_set(node, "n", err->n ? apr_itoa(pool, err->n) : NULL);
    ej_xml_set(node, "value", err->value);
    ej_xml_set(node, "who", err->who);
    ej_xml_set(node, "at", err->at);
    ej_xml_set(node, "number", number);
    ej_xml_set(node, "more", more > 0 ? apr_itoa(pool, more) : NULL);
}

void ej_refusal_errors(apr_pool_t *pool, ej_node_t *parent,
                       const ej_err_t *first, const char *number)
{
    int count = 0, shown = 0;
    for (const ej_err_t *err = first; err; err = err->next)
        count++;
    for (const ej_err_t *err = first; err && shown < SHOWN; err = err->next)
        add_error(pool, parent, err, number, shown++ ? 0 : count - SHOWN);
}

/* ------------------------------------------------------------------- log -- */

/* The log level of an error. Guesses and forged forms, which an administrator
 * wants to see, are notices, but not the many of a flood; errors of 500 and
 * above are the journal's own, but for maintenance, which was announced. */
static int log_level(const ej_err_t *err)
{
    static const ej_code_t watched[] = {JE110, JE111, JE303, JE304};
    if (err->status >= 500 && err->code != JE511)
        return APLOG_ERR;
    if (err->is_brief)
        return APLOG_INFO;
    if (err->code == JE305) /* Apache is set up wrongly */
        return APLOG_WARNING;
    for (apr_size_t i = 0; i < sizeof watched / sizeof *watched; i++)
        if (err->code == watched[i])
            return APLOG_NOTICE;
    return APLOG_INFO;
}

const char *ej_refusal_log(request_rec *r, const ej_err_t *err,
                           const ej_identity_t *identity, const char *path)
{
    unsigned char b[4];
    ej_digest_random(b, sizeof b);
    const char *number = apr_pescape_hex(r->pool, b, sizeof b, 0);
    ap_log_rerror(APLOG_MARK, log_level(err), err->rv, r,
                  "%s %d number %s account %" APR_INT64_T_FMT " %s %s: %s%s%s",
                  ej_err_name(err->code), err->status, number,
                  identity ? identity->account_id : (ej_id_t)0, r->method,
                  ap_escape_logitem(r->pool, path ? path : "-"),
                  err->detail ? err->detail : "-",
                  err->sqlstate[0] ? " SQLSTATE " : "", err->sqlstate);
    return log_level(err) == APLOG_ERR ? number : NULL;
}

/* ----------------------------------------------------------------- typed -- */

/* Whether a typed value is shown again. A secret is known as one only after its
 * handler ran, so any field named "…password…" is left out as well; every
 * secret field is named so (tests/shape/rooms.t). */
static int is_shown(const ej_params_t *typed, const apr_table_entry_t *pair)
{
    return strcmp(pair->key, "form_token") &&
           !apr_hash_get(typed->secret, pair->key, APR_HASH_KEY_STRING) &&
           !strstr(pair->key, "password") &&
           ej_text_is_clean(pair->key, strlen(pair->key), 0) &&
           ej_text_is_clean(pair->val, strlen(pair->val), 1);
}

/* Count the fields of one name; returns the number of this one, from 1. */
static int count_name(apr_hash_t *seen, const char *name, apr_pool_t *pool)
{
    int *n = apr_hash_get(seen, name, APR_HASH_KEY_STRING);
    if (!n) {
        n = apr_pcalloc(pool, sizeof *n);
        apr_hash_set(seen, name, APR_HASH_KEY_STRING, n);
    }
    return ++*n;
}

/* The n-th <row> of the form; missing rows up to it are made. */
static ej_node_t *row_of(apr_array_header_t *rows, ej_node_t *form, int n)
{
    while (rows->nelts < n) {
        ej_node_t *row = ej_xml_add(form, "row");
        APR_ARRAY_PUSH(rows, ej_node_t *) = row;
        ej_xml_set(row, "n", apr_itoa(rows->pool, rows->nelts));
    }
    return APR_ARRAY_IDX(rows, n - 1, ej_node_t *);
}

void ej_refusal_typed(ej_ctx_t *c, const ej_params_t *typed,
                      const apr_table_t *form, const ej_err_t *refusal)
{
    const apr_array_header_t *pairs = apr_table_elts(form);
    apr_array_header_t *rows = apr_array_make(c->pool, 64, sizeof(ej_node_t *));
    apr_hash_t *seen = apr_hash_make(c->pool);
    ej_node_t *node = ej_xml_add_first(ej_xml_page(c->doc), "form");

    for (int i = 0; i < pairs->nelts; i++) {
        const apr_table_entry_t *pair =
            &APR_ARRAY_IDX(pairs, i, apr_table_entry_t);
        int n = count_name(seen, pair->key, c->pool);
        if (!is_shown(typed, pair))
            continue;
        ej_node_t *field = ej_xml_add(row_of(rows, node, n), "field");
        ej_xml_set(field, "name", pair->key);
        ej_xml_text(field, pair->val);
    }
    for (const ej_err_t *err = refusal; err; err = err->next)
        if (err->n > 0 && err->n <= rows->nelts)
            ej_xml_set(APR_ARRAY_IDX(rows, err->n - 1, ej_node_t *), "code",
                       ej_err_name(err->code));
}
