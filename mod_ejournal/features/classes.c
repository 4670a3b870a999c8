/* classes.c: the classes of a school: list, form, and the pupils of a class.
 *
 * Rooms: sql/queries/classes.sql, xslt/classes.xsl, tests/classes/
 * Rules: a class makes, renames and removes its own study group
 *        (sql/objects/rule_member.sql); a class with pupils is not removed
 * Source: CFG-09, CNT-01, ATT-03. A class is shown to its class teacher and to
 * the heads of its school.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the classes of a year that the reader leads or answers for: ?year=, by
 * default the present one; with ?lacks=pupil, teacher, load or term those
 * without pupils, class teacher, load or terms. Those who keep them get the
 * form of a new one. Makes: <classes view="list" year= lacks= is_mine=
 *        done=><year/>…<choice/>… <class/>… */
ej_err_t *ej_classes_list(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"year", EJ_NUMBER, .min = 2000, .max = 2099},
        {"lacks", EJ_CHOICE, .words = "pupil teacher load term"},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *classes = ej_page_row(c, "classes_list", p);
    ej_page_rows(c, classes, "classes_years", p);
    ej_page_rows(c, classes, "classes_choices", p);
    ej_page_rows(c, classes, "classes_all", p);
    return ej_page_done(c, classes, p);
}

/* Show the pupils of one class with their absences in the current term; those
 * who keep the classes get its form.
 * Makes: <classes class_id= name= term_name= …><pupil><absence/>…</pupil>…
 *        <group/>… <choice/>… Errors: JE401 404 no such class, or none the
 *        reader answers for */
ej_err_t *ej_classes_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *classes = ej_page_row(c, "classes_head", p);
    ej_page_rows(c, classes, "classes_pupils", p);
    ej_page_rows(c, classes, "classes_absences", p);
    ej_page_rows(c, classes, "classes_groups", p);
    ej_page_rows(c, classes, "classes_choices", p);
    return NULL;
}

/* Add a class (without class_id), change it or remove it.
 * Errors: JE101 … JE106 422 a field is wrong, JE210 409 changed meanwhile,
 *         JE211 409 the class has pupils, JE212 409 there is such a class */
ej_err_t *ej_classes_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"year", EJ_NUMBER, .min = 2000, .max = 2099},
        {"grade", EJ_NUMBER, .min = 1, .max = 12, .old = 1, .is_required = 1},
        {"letter", EJ_LINE, .max = 10, .old = 500},
        {"kind", EJ_CHOICE, .old = 1, .is_required = 1,
         .words = "general advanced profile gymnasium lyceum cadet adapted "
                  "evening"},
        {"profile", EJ_LINE, .max = 100, .old = 500},
        {"class_teacher_id", EJ_ID, .old = 1},
        {"room_id", EJ_ID, .old = 1},
        {"term_plan_id", EJ_ID, .old = 1, .is_required = 1},
        {"week_days", EJ_CHOICE, .words = "5 6", .old = 1, .is_required = 1},
        {"is_removed", EJ_FLAG},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "classes_save", p);
    return ej_page_saved(c, "/classes", p);
}
