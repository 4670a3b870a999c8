/* substitutions.c: lessons that are not given as planned: by another teacher,
 * together with another lesson, replaced by another subject, cancelled, moved,
 * in the place of another one.
 *
 * Rooms: sql/queries/substitutions.sql, xslt/substitutions.xsl,
 *        xslt/print/substitutions.xsl, tests/substitutions/
 * Rules: nobody and no room is double-booked; what is in a lesson stays
 *        (sql/objects/substitutions.sql, substitutions_exchange.sql)
 * Source: SCH-04, SCH-05, SCH-06, ACC-16, ACC-18
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

#define LESSONS 200 /* of a teacher on the days of one form */
#define REASONS "vacation sick trip study unpaid child other"

/* The first and the last day to show. */
static const ej_field_t days[] = {
    {"from_on", EJ_DAY}, {"till_on", EJ_DAY}, {0}};

/* List the changes of ?from_on= to ?till_on=, by default today's, ?find= a
 * class or teacher, ?page=; and the absent teachers, each with the number of
 * lessons without a decision. Printed, it is the order sheet of the days.
 * Makes: <substitutions view="list" from_on= till_on= count= is_mine=>
 *        <substitution/>… <absence/>… <other/>…
 * Errors: JE102, JE103, JE104 422 */
ej_err_t *ej_substitutions_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, days));
    ej_page_scope(c, "substitutions_days");
    if (ej_page_is_print(c)) {
        ej_node_t *sheet = ej_page_row(c, "substitutions_print_head", p);
        ej_page_rows(c, sheet, "substitutions_print_rows", p);
        return NULL;
    }
    EJ_TRY(ej_page_list(c, "substitutions_head", "substitutions_rows", p));
    ej_page_rows(c, ej_page_node(c), "substitutions_away", p);
    ej_page_rows(c, ej_page_node(c), "substitutions_staff", p);
    return NULL;
}

/* Show the lessons of a teacher on some days, each with what can be chosen for
 * it; ?one_id= chooses one teacher for all lessons at which he is free.
 * Makes: <substitutions view="show" staff_id= name= from_on= till_on= one_id=
 * reason= is_mine= done=><lesson><choice/>…</lesson>… <free/>…
 * Errors: JE102, JE103 422, JE401 404 no such teacher */
ej_err_t *ej_substitutions_show(ej_ctx_t *c)
{
    static const ej_field_t one[] = {{"one_id", EJ_ID}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, days));
    EJ_TRY(ej_form_read(p, one));
    ej_page_scope(c, "substitutions_teacher");
    ej_node_t *list = ej_page_row(c, "substitutions_teacher", p);
    ej_page_rows(c, list, "substitutions_lessons", p);
    ej_page_rows(c, list, "substitutions_choices", p);
    ej_page_rows(c, list, "substitutions_free", p);
    return ej_page_done(c, list, p);
}

/* Read the choices of a form and queue their save. */
static ej_err_t *save(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"change", EJ_LINE, .max = 40, .ids = 1, .rows = LESSONS},
        {"reason", EJ_CHOICE, .is_required = 1, .words = REASONS},
        {"note", EJ_LINE, .max = 200},
        {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "substitutions_save", p);
    return NULL;
}

/* Save the choices for a teacher's lessons, all or none.
 * Errors: JE101, JE104, JE106 422 a field is wrong, or a choice is no longer
 *         there, JE201 409 the journal is closed, JE206 409 double booking,
 *         JE210 409 changed meanwhile, JE211 409 the lesson was given */
ej_err_t *ej_substitutions_save(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, days));
    EJ_TRY(save(c, p));
    return ej_page_see_other(c,
                             "/substitutions/{staff_id}?from_on={from_on}"
                             "&till_on={till_on}&done=changed",
                             p);
}

/* Show one lesson with all that can be chosen for it, and the times to which it
 * can be moved. Makes: <substitutions view="lesson" lesson_id= value= …>
 * <choice/>… <time/>… Errors: JE401 404 no such lesson */
ej_err_t *ej_substitutions_lesson(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *lesson = ej_page_row(c, "substitutions_lesson", p);
    ej_page_rows(c, lesson, "substitutions_all", p);
    ej_page_rows(c, lesson, "substitutions_times", p);
    return ej_page_done(c, lesson, p);
}

/* Save the choice for one lesson. Errors: as ej_substitutions_save */
ej_err_t *ej_substitutions_put(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(save(c, p));
    return ej_page_see_other(
        c, "/lessons/{lesson_id}/substitution?done=changed", p);
}

/* Show the lessons of the day with which a lesson can change places: their
 * teachers, or their times.
 * Makes: <substitutions view="exchange" lesson_id= state= …><exchange/>…
 * Errors: JE401 404 no such lesson */
ej_err_t *ej_substitutions_exchange(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_view(c, "exchange");
    ej_node_t *lesson = ej_page_row(c, "substitutions_exchange", p);
    ej_page_rows(c, lesson, "substitutions_exchanges", p);
    return ej_page_done(c, lesson, p);
}

/* Let a lesson change places with another one of its day.
 * Errors: JE101, JE104, JE106 422 a field is wrong, or the two lessons no
 *         longer have this exchange, JE201 409 a journal is closed, JE206 409
 *         double booking, JE210 409 one of them has changed meanwhile */
ej_err_t *ej_substitutions_swap(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"exchange", EJ_LINE, .max = 80, .is_required = 1, .old = 80},
        {"reason", EJ_CHOICE, .is_required = 1, .words = REASONS},
        {"note", EJ_LINE, .max = 200},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "substitutions_swap", p);
    return ej_page_see_other(c, "/lessons/{lesson_id}/exchange?done=changed",
                             p);
}

/* Show how many lessons were replaced, missed and moved by teacher, of
 * ?from_on= to ?till_on=, by default the present term.
 * Makes: <substitutions view="totals" from_on= till_on=><teacher/>… <term/>…
 * Errors: JE103 422 */
ej_err_t *ej_substitutions_totals(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, days));
    ej_page_scope(c, "substitutions_term");
    ej_node_t *totals = ej_page_row(c, "substitutions_totals_head", p);
    ej_page_rows(c, totals, "substitutions_totals", p);
    ej_page_rows(c, totals, "substitutions_terms", p);
    return NULL;
}
