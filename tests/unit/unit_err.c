/* unit_err.c: err.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "unit_tap.h"

/* What the database says, and what becomes of it. */
static const struct {
    const char *sqlstate, *table, *constraint, *code, *field;
} answers[] = {
    {"JE201", NULL, "journal_closed", "JE201", NULL},
    {"23503", "mark", "mark_value", "JE108", "value"},
    {"23503", "mark_2026", "mark_value", "JE108", "value"},
    {"23503", "term_mark", "term_mark_value", "JE108", "value"},
    {"23503", "attendance", "attendance_code", "JE108", "code"},
    {"23503", "homework", "homework_due_lesson_id_fkey", "JE211",
     "due_lesson_id"},
    {"23505", "account", "account_login_key", "JE212", "login"},
    {"23505", "lesson_2026", "lesson_2026_pkey", "JE212", NULL},
    {"23P01", "lesson_2026", "lesson_2026_staff_overlap", "JE206",
     "staff_overlap"},
    {"23P01", "lesson_2026", "lesson_room_overlap_2026", "JE206",
     "room_overlap"},
    {"23P01", "membership", "membership_overlap", "JE212", "overlap"},
    {"23502", "lesson", NULL, "JE101", NULL},
    {"23514", NULL, "line_length", "JE104", NULL},
    {"23514", NULL, "line_characters", "JE105", NULL},
    {"23514", NULL, "prose_characters", "JE105", NULL},
    {"23514", "lesson_2026", "lesson_topic_length", "JE104", "topic"},
    {"23514", "account", "account_login_length", "JE122", "login"},
    {"23514", "mark_2026", "mark_comment_length", "JE104", "comment"},
    {"23514", "attendance_2026", "attendance_minutes", "JE102", "minutes"},
    {"21000", NULL, NULL, "JE107", NULL},
    {"22P02", NULL, NULL, "JE102", NULL},
    {"22001", NULL, NULL, "JE104", NULL},
    {"22008", NULL, NULL, "JE103", NULL},
    {"22021", NULL, NULL, "JE105", NULL},
    {"22012", NULL, NULL, "JE500", NULL},
    {"2200H", NULL, NULL, "JE500", NULL},
    {"42501", "mark_2026", "policy", "JE301", NULL},
    {"42501", NULL, NULL, "JE500", NULL},
    {"25006", NULL, NULL, "JE500", NULL},
    {"40001", NULL, NULL, "JE505", NULL},
    {"40P01", NULL, NULL, "JE505", NULL},
    {"57014", NULL, NULL, "JE503", NULL},
    {"57P01", NULL, NULL, "JE501", NULL},
    {"55P03", NULL, NULL, "JE507", NULL},
    {"53100", NULL, NULL, "JE505", NULL},
    {"53300", NULL, NULL, "JE501", NULL},
    {"08006", NULL, NULL, "JE501", NULL},
    {"26000", NULL, NULL, "JE500", NULL},
    {"0A000", NULL, NULL, "JE500", NULL},
    {"42703", NULL, NULL, "JE504", NULL},
    {"XX000", NULL, NULL, "JE500", NULL},
};

static void meanings(void)
{
    for (int i = 0; i < COUNT(answers); i++) {
        const char *constraint = ej_err_constraint(pool, answers[i].constraint);
        const char *name =
            apr_psprintf(pool, "%s %s", answers[i].sqlstate,
                         answers[i].constraint ? answers[i].constraint : "");
        is(ej_err_name(ej_err_of_sqlstate(answers[i].sqlstate, constraint)),
           answers[i].code, name);
        is(ej_err_column(pool, answers[i].table, constraint), answers[i].field,
           apr_pstrcat(pool, name, ": its field", NULL));
    }
}

static void years(void)
{
    static const char *const table[][2] = {
        {"lesson_2026_staff_overlap", "lesson_staff_overlap"},
        {"lesson_2026", "lesson"},
        {"lesson", "lesson"},
        {"lesson_20", "lesson_20"},
        {"lesson_20266", "lesson_20266"},
        {"lesson_2x26_2099_day", "lesson_2x26_day"},
    };
    for (int i = 0; i < COUNT(table); i++)
        is(ej_err_constraint(pool, table[i][0]), table[i][1],
           apr_pstrcat(pool, table[i][0], " without its year", NULL));
    is(ej_err_constraint(pool, NULL), "", "no constraint has no name");
}

static void codes(void)
{
    ej_err_t *err = ej_err(pool, JE101, "topic", "why");
    ok(err->code == JE101 && err->status == 422 &&
           !strcmp(err->field, "topic") && !strcmp(err->detail, "why") &&
           !err->next && !*err->sqlstate,
       "an error keeps its code, status, field and detail");
    ok(ej_err(pool, JE401, NULL, NULL)->status == 404,
       "the status of a code is that of errors.def");
    is(ej_err_name(JE401), "JE401", "a code has its name");
    ok(ej_err_code("JE401") == JE401, "and a name its code");
    ok(ej_err_code("JE999") == EJ_OK && ej_err_code("") == EJ_OK,
       "other names have none");
    ok(ej_err_of_sqlstate("JE999", "") == JE500,
       "a code of the database that errors.def does not have is JE500");
}

int main(void)
{
    begin();
    codes();
    years();
    meanings();
    return end();
}
