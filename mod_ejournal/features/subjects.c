/* subjects.c: the subjects of a school: list, adding, changing, removing.
 *
 * Rooms: sql/queries/subjects.sql, xslt/subjects.xsl, tests/subjects/
 * Rules: a subject that is or was taught is not removed (its foreign keys)
 * Source: CFG-06
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the subjects: ?find=, ?sort=order_no or name, ?page=. Those who may
 * change them get the form of a new one.
 * Makes: <subjects view="list" count= page= pages= find= sort= is_mine=
 *        done=><subject/>… Errors: JE106 422 no such order */
ej_err_t *ej_subjects_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_page_list(c, "subjects_head", "subjects_rows", p));
    return ej_page_done(c, ej_page_node(c), p);
}

/* Show the form of one subject.
 * Makes: <subjects view="show" subject_id= name= …>
 * Errors: JE401 404 no such subject, or not yours to change */
ej_err_t *ej_subjects_show(ej_ctx_t *c)
{
    ej_page_row(c, "subjects_show", ej_page_params(c));
    return NULL;
}

/* Add a subject (without subject_id), change it or remove it.
 * Errors: JE101 … JE105 422 a field is wrong, JE210 409 changed meanwhile,
 *         JE211 409 the subject is taught, JE212 409 the name is taken */
ej_err_t *ej_subjects_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"name", EJ_LINE, .max = 100, .old = 500, .is_required = 1},
        {"short_name", EJ_LINE, .max = 30, .old = 500, .is_required = 1},
        {"order_no", EJ_NUMBER, .min = 0, .max = 999, .old = 1,
         .is_required = 1},
        {"is_pe", EJ_FLAG, .old = 1},
        {"is_removed", EJ_FLAG},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "subjects_save", p);
    return ej_page_saved(c, "/subjects", p);
}
