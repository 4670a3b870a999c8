/* params.h: the typed parameters of a request, by name.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_PARAMS_H
#define EJ_PARAMS_H

#include <apr_hash.h>

#include "ej.h"

struct ej_params_t {
    apr_pool_t *pool;
    apr_hash_t *values;      /* name -> text; "" key missing = not there */
    const apr_table_t *form; /* what came: query string or body */
    apr_hash_t *index;       /* of form: name -> first value; NULL not yet */
    apr_hash_t *secret;      /* names never shown again */
    int rows;                /* length of the form's arrays; -1 unset */
    ej_err_t *first, *last;
};
/* Parameters with the values of the path in them. path and form are kept, not
 * copied. */
ej_params_t *ej_params_make(apr_pool_t *pool, const apr_table_t *path,
                            const apr_table_t *form);
/* Keep that a field is wrong, for ej_params_check. n is its row from 1, 0 when
 * there is no table; value may be NULL. */
void ej_params_refuse(ej_params_t *p, ej_code_t code, const char *field, int n,
                      const char *value);

#endif
