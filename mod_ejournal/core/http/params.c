/* params.c: the typed parameters of a request, by name.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "http/params.h"

#include "text/text.h"

ej_params_t *ej_params_make(apr_pool_t *pool, const apr_table_t *path,
                            const apr_table_t *form)
{
    ej_params_t *p = apr_pcalloc(pool, sizeof *p);
    p->pool = pool;
    p->values = apr_hash_make(pool);
    p->secret = apr_hash_make(pool);
    p->form = form;
    p->fields = apr_array_make(pool, 8, sizeof(char *));
    p->rows = -1;
    const apr_array_header_t *pairs = apr_table_elts(path);
    for (int i = 0; i < pairs->nelts; i++) {
        const apr_table_entry_t *pair =
            &APR_ARRAY_IDX(pairs, i, apr_table_entry_t);
        apr_hash_set(p->values, pair->key, APR_HASH_KEY_STRING, pair->val);
    }
    return p;
}

void ej_params_refuse(ej_params_t *p, ej_code_t code, const char *field, int n,
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

void ej_params_set(ej_params_t *p, const char *name, const char *value)
{
    apr_hash_set(p->values, name, APR_HASH_KEY_STRING, value);
}

const char *ej_params_get(const ej_params_t *p, const char *name)
{
    return apr_hash_get(p->values, name, APR_HASH_KEY_STRING);
}

const char *ej_params_json(const ej_params_t *p)
{
    apr_array_header_t *parts = apr_array_make(p->pool, 32, sizeof(char *));
    for (int i = 0; i < p->fields->nelts; i++) {
        const char *name = APR_ARRAY_IDX(p->fields, i, const char *);
        APR_ARRAY_PUSH(parts, const char *) = apr_pstrcat(
            p->pool, i ? "," : "{", ej_text_json(p->pool, name), ":",
            ej_text_json(p->pool, ej_params_get(p, name)), NULL);
    }
    APR_ARRAY_PUSH(parts, const char *) = parts->nelts ? "}" : "{}";
    return apr_array_pstrcat(p->pool, parts, 0);
}
