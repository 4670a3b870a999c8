/* outcome.c: what became of each field or row of a write.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/outcome.h"

#include <stdlib.h>

#include "text/err.h"

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

/* A conflict need not say so; a code that errors.def does not have is a fault
 * of ours. */
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
    return by_gravity(first);
}
