/* controls.c: the schedule of control works: of the school by classes and
 * weeks, of a class, of a pupil.
 *
 * Rooms: sql/queries/controls.sql, sql/objects/controls.sql,
 *        xslt/controls.xsl, tests/controls/
 * Rules: administrator and deputy keep it; the works appear in the journals by
 *        themselves; above the school's limits of a day and a week it warns
 * Source: CTL-12, MRK-03, DIA-02
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The grade and the term to show. */
static const ej_field_t which[] = {
    {"grade", EJ_NUMBER, .min = 1, .max = 12}, {"term_id", EJ_ID}, {0}};

/* Show the classes of a grade with their works by weeks of a term: ?grade=,
 * ?term_id=. Makes: <controls view="list" grade= term_id= …><grade/>… <term/>…
 * <week/>… <class><c/>…</class>… */
ej_err_t *ej_controls_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, which));
    ej_page_scope(c, "controls_scope");
    ej_node_t *controls = ej_page_row(c, "controls_head", p);
    ej_page_rows(c, controls, "controls_grades", p);
    ej_page_rows(c, controls, "controls_terms", p);
    ej_page_grid(c, controls, "controls_classes", "controls_weeks",
                 "controls_cells", p);
    return NULL;
}

/* Show the works of a class in a term (?term_id=) and, to the administrator and
 * deputies, the form of a new work.
 * Makes: <controls view="class" class_id= …><term/>… <control/>… <choice/>…
 * Errors: JE401 404 no such class */
ej_err_t *ej_controls_class(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, which));
    ej_node_t *controls = ej_page_row(c, "controls_class", p);
    ej_page_rows(c, controls, "controls_class_terms", p);
    ej_page_rows(c, controls, "controls_works", p);
    ej_page_rows(c, controls, "controls_choices", p);
    return ej_page_done(c, controls, p);
}

/* Add a work to the schedule. Errors: JE101 … JE106 422 a field is wrong, JE201
 * 409 the journal is closed, JE203 422 no day of a term, JE205 422 a grade
 * without marks, JE212 409 the class has one of the subject on that day */
ej_err_t *ej_controls_add(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"teaching_id", EJ_ID, .is_required = 1},
        {"form_id", EJ_ID, .is_required = 1},
        {"held_on", EJ_DAY, .is_required = 1},
        {"title", EJ_LINE, .max = 100},
        {0}};
    return ej_page_save(c, fields, "controls_save",
                        "/controls/classes/{class_id}");
}

/* Show the form of one work of the schedule. Makes: <controls view="show"
 * control_work_id= …><choice/>… Errors: JE401 404 no such work, or not the
 * reader's to change */
ej_err_t *ej_controls_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *controls = ej_page_row(c, "controls_edit", p);
    ej_page_rows(c, controls, "controls_forms", p);
    return NULL;
}

/* Change a work of the schedule or remove it. Errors: as ej_controls_add, JE210
 * 409 changed meanwhile, JE211 409 marks were given for it */
ej_err_t *ej_controls_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"held_on", EJ_DAY, .old = 1, .is_required = 1},
        {"form_id", EJ_ID, .old = 1, .is_required = 1},
        {"title", EJ_LINE, .max = 100, .old = 200},
        {"is_removed", EJ_FLAG},
        {"class_id", EJ_ID, .is_required = 1}, /* whose page leads back */
        {0}};
    return ej_page_save(c, fields, "controls_save",
                        "/controls/classes/{class_id}");
}

/* Show the works of a pupil's groups in a term, with the marks.
 * Makes: <controls view="pupil" pupil_id= …><term/>… <control/>…
 * Errors: JE401 404 no such pupil, or none the reader may see */
ej_err_t *ej_controls_pupil(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, which));
    ej_node_t *controls = ej_page_row(c, "controls_pupil", p);
    ej_page_rows(c, controls, "controls_pupil_terms", p);
    ej_page_rows(c, controls, "controls_pupil_works", p);
    return NULL;
}
