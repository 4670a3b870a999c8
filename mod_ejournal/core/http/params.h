/* params.h: the typed parameters of a request, by name.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_PARAMS_H
#define EJ_PARAMS_H

#include <apr_hash.h>

#include "ej.h"

struct ej_params_t {
    apr_pool_t *pool;
    apr_hash_t *values;      /* name -> text */
    const apr_table_t *form; /* the received fields: query string or body */
    apr_hash_t *index;       /* form as name -> first value; NULL: not made */
    apr_hash_t *secret;      /* names of fields that are never shown again */
    apr_array_header_t *fields; /* those that ej_params_json has */
    int rows;                   /* length of the form's arrays; -1: unset */
    ej_err_t *first, *last;
};
/* Make parameters that hold the values of the path. path and form must live as
 * long: they are not copied. */
ej_params_t *ej_params_make(apr_pool_t *pool, const apr_table_t *path,
                            const apr_table_t *form);
/* Add the error of a field, for ej_params_check. n is its row from 1, or 0
 * outside a table of fields; value may be NULL. */
void ej_params_refuse(ej_params_t *p, ej_code_t code, const char *field, int n,
                      const char *value);

/* The fields that ej_form_read has read so far, as a JSON object of texts; not
 * the repeated ones, and no secrets. */
const char *ej_params_json(const ej_params_t *p);

#endif
