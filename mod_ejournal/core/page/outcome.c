/* outcome.c: turns the outcomes of a write, one a field or row, into errors;
 * tells a repeated write from another.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/outcome.h"

#include <apr_escape.h>
#include <stdlib.h>

#include "text/err.h"

static const char *cell(const ej_result_t *rows, int row, const char *name,
                        apr_pool_t *pool)
{
    int column = ej_result_column(rows, name);
    const char *value = column < 0 ? NULL : ej_result_get(rows, row, column);
    return value ? apr_pstrdup(pool, value) : NULL;
}

/* How important a status is. A POST can be refused for several reasons; the
 * most important is reported: a missing right, then invalid input, then a
 * conflict. */
static int importance(int status)
{
    return status == HTTP_FORBIDDEN ? 2 : status == HTTP_CONFLICT ? 0 : 1;
}

/* Move the most important error to the front of the list. The first error gives
 * the reply its status, which so does not depend on the order of the cells. */
static ej_err_t *important_first(ej_err_t *first)
{
    ej_err_t *before = NULL;
    for (ej_err_t *e = first; e && e->next; e = e->next)
        if (importance(e->next->status) >
            importance(before ? before->next->status : first->status))
            before = e;
    if (!before)
        return first;
    ej_err_t *foremost = before->next;
    before->next = foremost->next;
    foremost->next = first;
    return foremost;
}

/* The code of an outcome's error. A row without a code is a conflict (JE210);
 * a code that errors.def does not have is the journal's own fault (JE500). */
static ej_code_t code_of(const char *name)
{
    ej_code_t code = name ? ej_err_code(name) : JE210;
    return code ? code : JE500;
}

ej_err_t *ej_outcome_errors(ej_ctx_t *c)
{
    ej_err_t *first = NULL, *last = NULL;
    for (int i = 0; i < ej_result_rows(c->outcome_rows); i++) {
        const char *outcome = cell(c->outcome_rows, i, "outcome", c->pool);
        if (!outcome || !strcmp(outcome, "saved"))
            continue;
        const char *code = cell(c->outcome_rows, i, "code", c->pool);
        ej_err_t *err =
            ej_err(c->pool, code_of(code),
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
    return important_first(first);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *ej_outcome_digest(ej_ctx_t *c, const ej_params_t *p)
{
    unsigned char sum[EJ_DIGEST];
    ej_digest_t *digest = ej_digest_new(c->run);
    apr_array_header_t *names = apr_array_make(c->run, 16, sizeof(char *));
    for (apr_hash_index_t *i = apr_hash_first(c->run, p->values); i;
         i = apr_hash_next(i)) {
        const void *name;
        apr_hash_this(i, &name, NULL, NULL);
        APR_ARRAY_PUSH(names, const char *) = name;
    }
    qsort(names->elts, names->nelts, sizeof(char *), by_name);
    ej_digest_add(digest, c->path, strlen(c->path));
    for (int i = 0; i < names->nelts; i++) {
        const char *name = APR_ARRAY_IDX(names, i, const char *);
        const char *value = ej_params_get(p, name);
        if (!strcmp(name, "operation_id") || !strcmp(name, "address"))
            continue;
        ej_digest_add(digest, name, strlen(name));
        ej_digest_add(digest, value, strlen(value));
    }
    ej_digest_end(digest, sum);
    return apr_pstrcat(c->run, "\\x",
                       apr_pescape_hex(c->run, sum, EJ_DIGEST, 0), NULL);
}
