/* load.c: the teaching load: who teaches what to whom, and for how many hours.
 *
 * Rooms: sql/queries/load.sql, sql/objects/load.sql, xslt/load.xsl, tests/load/
 * Rules: a teaching makes its journals, and is handed over from a day
 *        (sql/objects/rule_teaching.sql); a used one is not removed
 * Source: CFG-15, SCH-03
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Read the year and the grade of a matrix. */
static ej_err_t *read_filter(ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"year", EJ_NUMBER, .min = 2000, .max = 2099},
        {"grade", EJ_NUMBER, .min = 0, .max = 12},
        {"find", EJ_LINE, .max = 100},
        {0}};
    return ej_form_read(p, fields);
}

/* Show the matrix of classes and subjects: ?grade= (0: all), ?year=.
 * Makes: <load view="list" year= grade= is_mine= done=><grade/>…<class/>…
 *        <subject><cell><teaching/>…</cell>…</subject>… */
ej_err_t *ej_load_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(read_filter(p));
    ej_page_scope(c, "load_scope");
    ej_node_t *load = ej_page_row(c, "load_head", p);
    ej_page_rows(c, load, "load_grades", p);
    ej_page_rows(c, load, "load_columns", p);
    ej_page_rows(c, load, "load_subjects", p);
    ej_page_rows(c, load, "load_cells", p);
    ej_page_rows(c, load, "load_teachings", p);
    return ej_page_done(c, load, p);
}

/* Show the matrix of teachers and classes, each teacher's hours against the
 * rate: ?find=, ?year=.
 * Makes: <load view="teachers" year= find=><class/>…<staff><c/>…</staff>… */
ej_err_t *ej_load_teachers(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(read_filter(p));
    ej_page_scope(c, "load_scope");
    ej_page_view(c, "teachers");
    ej_node_t *load = ej_page_row(c, "load_staff_head", p);
    ej_page_grid(c, load, "load_staff", "load_staff_columns",
                 "load_staff_cells", p);
    return NULL;
}

/* Show the teachings of one class and subject, and the form of a new one.
 * Makes: <load view="cell" class_id= subject_id= …><choice/>…<teaching/>…
 * Errors: JE401 404 no such class or subject, or not yours to change */
ej_err_t *ej_load_cell(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *load = ej_page_row(c, "load_cell_head", p);
    ej_page_rows(c, load, "load_cell_choices", p);
    ej_page_rows(c, load, "load_cell_rows", p);
    ej_page_view(c, "cell");
    return ej_page_done(c, load, p);
}

/* Add a teaching. Errors: JE101 JE102 422 a field is wrong, JE106 422 no such
 *         group of this class, JE212 409 the group has the subject already */
ej_err_t *ej_load_add(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"study_group_id", EJ_ID, .is_required = 1},
        {"staff_id", EJ_ID, .is_required = 1},
        {"hours_week", EJ_DECIMAL, .min = 0, .max = 40, .digits = 1,
         .is_required = 1},
        {0}};
    return ej_page_save(c, fields, "load_add",
                        "/load/classes/{class_id}/subjects/{subject_id}");
}

/* Show the form of one teaching.
 * Makes: <load view="show" teaching_id= hours_week= …><choice/>…
 * Errors: JE401 404 no such teaching, or not yours to change */
ej_err_t *ej_load_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *load = ej_page_row(c, "load_teaching", p);
    ej_page_rows(c, load, "load_scales", p);
    ej_page_rows(c, load, "load_periods", p);
    return NULL;
}

/* Change a teaching or remove it.
 * Errors: JE101 JE102 422 a field is wrong, JE210 409 changed meanwhile,
 *         JE211 409 it has lessons or a timetable */
ej_err_t *ej_load_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"hours_week", EJ_DECIMAL, .min = 0, .max = 40, .digits = 1, .old = 1,
         .is_required = 1},
        {"scale_id", EJ_ID, .old = 1, .is_required = 1},
        {"term_scale_id", EJ_ID, .old = 1, .is_required = 1},
        {"is_removed", EJ_FLAG},
        {0}};
    return ej_page_save(c, fields, "load_save", "/load");
}

static const ej_field_t hand_over[] = {
    {"staff_id", EJ_ID, .old = 1, .is_required = 1},
    {"from_on", EJ_DAY},
    {"is_removed", EJ_FLAG},
    {0}};

/* Show who has had a teaching, and the form that hands it over; refused, with
 * the lessons that are in the way.
 * Makes: <load view="teacher" teaching_id= staff_id= …><choice/>…<period/>…
 *        <busy/>…
 * Errors: JE401 404 no such teaching, or not yours to change */
ej_err_t *ej_load_teacher(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *load = ej_page_row(c, "load_teaching", p);
    ej_page_rows(c, load, "load_staff_choices", p);
    ej_page_rows(c, load, "load_periods", p);
    ej_page_view(c, "teacher");
    if (ej_page_refused(c)) {
        ej_form_read(p, hand_over); /* wrong fields are shown as typed */
        ej_page_rows(c, load, "load_busy", p);
    }
    return ej_page_done(c, load, p);
}

/* Hand a teaching over from a day on, or take the last handing over back.
 * Errors: JE101 JE103 422 the day, JE106 422 no such teacher, JE203 422 not a
 *         day of the year, JE206 409 another lesson then, JE210 409 changed */
ej_err_t *ej_load_hand_over(ej_ctx_t *c)
{
    return ej_page_save(c, hand_over, "load_hand_over",
                        "/load/{teaching_id}/teacher");
}
