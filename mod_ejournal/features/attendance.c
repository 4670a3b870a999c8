/* attendance.c: the attendance of a class: week and month, reasons of absence,
 * weekly verification; what a guardian announces.
 *
 * Rooms: sql/queries/attendance.sql, xslt/attendance.xsl, tests/attendance/
 * Rules: an absence without a reason gets the code of the reason that covers
 *        it; sql/objects/rule_absence.sql
 * Source: ATT-02 … ATT-05, requirements 3.3
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the classes, those with unexplained absences first: a class teacher sees
 * the own class, the heads see all; and the pupils who miss lessons often.
 * Makes: <attendance view="list" …><class/>…<truant/>… */
ej_err_t *ej_attendance_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *attendance = ej_page_row(c, "attendance_head", p);
    ej_page_rows(c, attendance, "attendance_classes", p);
    ej_page_rows(c, attendance, "attendance_truants", p);
    return NULL;
}

/* The week or the month to show, read by attendance_scope. */
static const ej_field_t days[] = {
    {"week_on", EJ_DAY}, {"month_on", EJ_DAY}, {0}};

/* Show the absences of a class in a week (?week_on=, by default this one) or a
 * month (?month_on=), a row a pupil and a column a lesson; before them the
 * unexplained absences and the lessons that contradict a reason.
 * Makes: <attendance view="class" …><unexplained/>…<contradiction/>…<column/>…
 *        <pupil><c/>…</pupil>…<reason/>…<choice/>… Errors: JE103, JE401 */
ej_err_t *ej_attendance_class(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, days));
    ej_page_scope(c, "attendance_scope");
    ej_node_t *attendance = ej_page_row(c, "attendance_class", p);
    ej_page_rows(c, attendance, "attendance_unexplained", p);
    ej_page_rows(c, attendance, "attendance_contradictions", p);
    ej_page_grid(c, attendance, "attendance_pupils", "attendance_columns",
                 "attendance_cells", p);
    ej_page_rows(c, attendance, "attendance_reasons", p);
    ej_page_rows(c, attendance, "attendance_choices", p);
    return ej_page_done(c, attendance, p);
}

/* The form of a reason of absence. */
static const ej_field_t reason_fields[] = {
    {"pupil_id", EJ_ID},
    {"code", EJ_LINE, .max = 10, .old = 10, .is_required = 1},
    {"from_on", EJ_DAY, .old = 1, .is_required = 1},
    {"till_on", EJ_DAY, .old = 1, .is_required = 1},
    {"document", EJ_LINE, .max = 200, .old = 500},
    {"reason", EJ_LINE, .max = 200, .old = 500},
    {"is_removed", EJ_FLAG},
    {0}};

/* Add a reason for a pupil of the class.
 * Errors: JE101 … JE106 422 a field is wrong, JE132 422 the last day is before
 *         the first, JE212 409 a reason is known, JE301 403 not your class */
ej_err_t *ej_attendance_add(ej_ctx_t *c)
{
    return ej_page_save(c, reason_fields, "attendance_save",
                        "/classes/{class_id}/attendance");
}

/* Show the form of a reason. Makes: <attendance view="show" …>
 * Errors: JE401 404 no such reason, or not yours to change */
ej_err_t *ej_attendance_show(ej_ctx_t *c)
{
    ej_page_row(c, "attendance_show", ej_page_params(c));
    return NULL;
}

/* Change a reason or remove it. Errors: as ej_attendance_add, JE210 409 changed
 * meanwhile */
ej_err_t *ej_attendance_change(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_row(c, "attendance_show", p);
    return ej_page_save(c, reason_fields, "attendance_save",
                        "/reasons/{absence_reason_id}");
}

/* Show the unexplained absences of a class, with a form that explains
 * them. Makes: <attendance view="unexplained" …><unexplained/>… Errors: JE401
 */
ej_err_t *ej_attendance_unexplained(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, days));
    ej_page_scope(c, "attendance_scope");
    ej_node_t *attendance = ej_page_row(c, "attendance_class", p);
    ej_page_rows(c, attendance, "attendance_unexplained", p);
    return ej_page_done(c, attendance, p);
}

/* Explain absences: a code for each pupil and day, one document for all.
 * Errors: JE104, JE105, JE106 422 a field is wrong, JE107 422 too many, JE210
 *         409 explained meanwhile, JE301 403 not your class */
ej_err_t *ej_attendance_explain(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"code", EJ_PROSE, .max = 10, .ids = 2, .rows = 100},
        {"document", EJ_LINE, .max = 200},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "attendance_explain", p);
    return ej_page_see_other(c, "/classes/{class_id}/attendance?done=changed",
                             p);
}

/* Show the weeks of a class, which of them were verified and by whom.
 * Makes: <attendance view="checks" …><week/>… Errors: JE401 */
ej_err_t *ej_attendance_checks(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, days));
    ej_page_scope(c, "attendance_scope");
    ej_node_t *attendance = ej_page_row(c, "attendance_class", p);
    ej_page_rows(c, attendance, "attendance_weeks", p);
    return ej_page_done(c, attendance, p);
}

/* Record that a week was verified. Errors: JE101, JE103 422 no day, JE203 422
 * a week to come, JE212 409 done already, JE301 403 not your class */
ej_err_t *ej_attendance_check(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"week_on", EJ_DAY, .is_required = 1},
                                        {"note", EJ_LINE, .max = 200},
                                        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "attendance_check", p);
    return ej_page_see_other(c, "/classes/{class_id}/checks?done=added", p);
}

/* Show the sums of a term (?term_id=, by default the present one) or the year:
 * the consolidated sheet of attendance.
 * Makes: <attendance view="missed" …><term/>…<pupil/>… Errors: JE102, JE401 */
ej_err_t *ej_attendance_missed(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"term_id", EJ_ID}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    EJ_TRY(ej_form_read(p, days));
    ej_page_scope(c, "attendance_scope");
    ej_node_t *attendance;
    if (ej_page_is_print(c))
        attendance = ej_page_row(c, "attendance_print_head", p);
    else
        attendance = ej_page_row(c, "attendance_class", p);
    ej_page_rows(c, attendance, "attendance_terms", p);
    ej_page_rows(c, attendance, "attendance_missed", p);
    return NULL;
}

/* Show a guardian the known reasons of the child's absences, and the form that
 * announces an absence. Makes: <attendance view="child" …><reason/>…
 * Errors: JE401 404 no child of the reader */
ej_err_t *ej_attendance_child(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *attendance = ej_page_row(c, "attendance_child", p);
    ej_page_rows(c, attendance, "attendance_known", p);
    return ej_page_done(c, attendance, p);
}

/* Announce an absence of the child. Errors: JE101, JE103 … JE106 422 a field is
 * wrong, JE132, JE203 422 such days, JE212 409 a reason is known, JE401 404 */
ej_err_t *ej_attendance_announce(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"code", EJ_LINE, .max = 10, .is_required = 1},
        {"from_on", EJ_DAY, .is_required = 1},
        {"till_on", EJ_DAY, .is_required = 1},
        {"note", EJ_LINE, .max = 200},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "attendance_announce", p);
    return ej_page_see_other(c, "/pupils/{pupil_id}/absence?done=added", p);
}

/* Show an announced absence, to be taken back. Makes: <attendance
 * view="announced" …> Errors: JE401 404 none of the reader's */
ej_err_t *ej_attendance_announced(ej_ctx_t *c)
{
    ej_page_row(c, "attendance_announced", ej_page_params(c));
    return NULL;
}

/* Take an announced absence back, from today on.
 * Errors: JE401 404 none of the reader's */
ej_err_t *ej_attendance_withdraw(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_outcomes(c, "attendance_withdraw", p);
    return ej_page_see_other(c, "/pupils/{pupil_id}/absence?done=removed", p);
}
