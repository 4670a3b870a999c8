/* err.c: makes errors with the codes and statuses of errors.def, and maps
 * PostgreSQL's SQLSTATEs to codes.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <apr_fnmatch.h>
#include <apr_lib.h>

#include "text/err.h"

/* In the order of ej_code_t, whose first is EJ_OK. */
static const struct {
    const char *name;
    int status;
    const char *text;
} known[] = {
    {"", 200, ""},
#define EJ_ERROR(code, status, text) {#code, status, text},
#include "errors.def"
#undef EJ_ERROR
};

ej_err_t *ej_err(apr_pool_t *pool, ej_code_t code, const char *field,
                 const char *detail)
{
    ej_err_t *err = apr_pcalloc(pool, sizeof *err);
    err->code = code;
    err->status = known[code].status;
    err->field = field ? apr_pstrdup(pool, field) : NULL;
    err->detail = detail ? apr_pstrdup(pool, detail) : NULL;
    return err;
}

const char *ej_err_name(ej_code_t code)
{
    return known[code].name;
}

const char *ej_err_text(ej_code_t code)
{
    return known[code].text;
}

ej_code_t ej_err_code(const char *name)
{
    for (apr_size_t i = 1; i < sizeof known / sizeof *known; i++)
        if (!strcmp(known[i].name, name))
            return (ej_code_t)i;
    return EJ_OK;
}

/* ------------------------------------------------------------- SQLSTATEs */

/* The codes of SQLSTATEs; the first row that matches counts. sqlstate is
 * matched by its beginning, constraint by a pattern. Class JE has the codes of
 * errors.def. */
static const struct {
    const char *sqlstate, *constraint;
    ej_code_t code;
} answers[] = {
    {"23503", "mark_value", JE108},
    {"23503", "term_mark_value", JE108},
    {"23503", "attendance_code", JE108},
    {"23503", "*", JE211},
    {"23001", "*", JE211},
    {"23505", "*", JE212},
    {"23P01", "lesson_*", JE206},
    {"23P01", "*", JE212},
    {"23502", "*", JE101},
    {"23514", "*_characters", JE105},
    {"23514", "account_login_alphabet", JE125},
    {"23514", "account_login_*", JE122},
    {"23514", "*_length", JE104},
    {"23514", "*_needed", JE101},
    {"23514", "*", JE102},
    {"21000", "*", JE107}, /* one row twice in a save */
    {"22001", "*", JE104}, /* too long */
    {"22007", "*", JE103}, /* no date */
    {"22008", "*", JE103},
    {"22012", "*", JE500}, /* division by zero: nobody typed that */
    {"2200H", "*", JE500}, /* a year without a free id */
    {"22021", "*", JE105}, /* no UTF-8 */
    {"22P05", "*", JE105},
    {"22", "*", JE102},
    {"42501", "policy", JE301}, /* a row policy refused what was written */
    {"42501", "*", JE500},      /* a GRANT is missing: ours */
    {"3F000", "*", JE504},      /* no schema, function, table or column: */
    {"42883", "*", JE504},      /* half an upgrade */
    {"42P01", "*", JE504},
    {"42703", "*", JE504},
    {"40001", "*", JE505}, /* met only when all repeats failed */
    {"40P01", "*", JE505},
    {"57014", "*", JE503},
    {"55P03", "*", JE507},
    {"53100", "*", JE505}, /* disk full */
    {"53", "*", JE501},
    {"57P", "*", JE501},
    {"08", "*", JE501},
    {"", "*", JE500}, /* 25006 too: a GET that wrote */
};

ej_code_t ej_err_of_sqlstate(const char *sqlstate, const char *constraint)
{
    ej_code_t own = ej_err_code(sqlstate);
    if (own)
        return own;
    for (apr_size_t i = 0;; i++)
        if (!strncmp(sqlstate, answers[i].sqlstate,
                     strlen(answers[i].sqlstate)) &&
            apr_fnmatch(answers[i].constraint, constraint, 0) == APR_SUCCESS)
            return answers[i].code;
}

const char *ej_err_constraint(apr_pool_t *pool, const char *name)
{
    char *made = apr_pstrdup(pool, name ? name : "");
    for (char *at = made; (at = strstr(at, "_20")) != NULL; at++) {
        if (!apr_isdigit(at[3]) || !apr_isdigit(at[4]) ||
            (at[5] && at[5] != '_'))
            continue;
        memmove(at, at + 5, strlen(at + 5) + 1);
        break;
    }
    return made;
}

const char *ej_err_column(apr_pool_t *pool, const char *table,
                          const char *constraint)
{
    static const char *const ends[] = {"_characters", "_length", "_needed",
                                       "_range",      "_check",  "_fkey",
                                       "_key",        NULL};
    table = ej_err_constraint(pool, table);
    apr_size_t length = strlen(table);
    if (!length || strncmp(constraint, table, length) != 0 ||
        constraint[length] != '_' || !constraint[length + 1])
        return NULL;
    const char *column = constraint + length + 1;
    if (!strcmp(column, "pkey"))
        return NULL;
    apr_size_t of_column = strlen(column);
    for (int i = 0; ends[i]; i++) {
        apr_size_t of_end = strlen(ends[i]);
        if (of_column > of_end && !strcmp(column + of_column - of_end, ends[i]))
            return apr_pstrmemdup(pool, column, of_column - of_end);
    }
    return column;
}
