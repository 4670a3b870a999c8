/* params.c: the typed parameters of a request, by name.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "http/params.h"

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
