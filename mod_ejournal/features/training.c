/* training.c: what staff and families learn, checked by what they have written
 * in the training school; the seminars of the staff.
 *
 * Rooms: sql/queries/training.sql, sql/objects/training.sql,
 *        xslt/training.xsl, xslt/print/training.xsl, tests/training/;
 *        sql/training.sql makes a training school
 * Rules: a module is passed when all its tasks are done; nobody's programme has
 *        more than 18 hours
 * Source: DOC-03, DOC-07
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show the modules with their tasks, those for the own roles first.
 * Makes: <training view="show" training_id= …><task/>… Errors: JE106 422 */
ej_err_t *ej_training_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *training = ej_page_row(c, "training_head", p);
    ej_page_rows(c, training, "training_tasks", p);
    return ej_page_done(c, training, p);
}

/* Record that a module is passed.
 * Errors: JE101, JE104, JE106 422 no such module, JE289 409 a task is not done,
 *         JE301 403 not of the staff */
ej_err_t *ej_training_pass(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"module", EJ_LINE, .max = 20, .is_required = 1}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "training_pass", p);
    return ej_page_see_other(c, "/training?done=changed", p);
}

/* List the staff with the hours of their programmes, what they have passed and
 * their seminars.
 * Makes: <training view="staff" school_name= today_on=><staff><record/>…</>…
 * <choice for="staff_id"/>… Errors: JE106 422 */
ej_err_t *ej_training_staff(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *training = ej_page_row(c, "training_school", p);
    ej_page_rows(c, training, "training_staff", p);
    ej_page_rows(c, training, "training_records", p);
    if (ej_page_is_print(c))
        ej_page_row(c, "training_print_head", p);
    else
        ej_page_rows(c, training, "training_choices", p);
    return ej_page_done(c, training, p);
}

/* Enter a seminar of a member of the staff.
 * Errors: JE101 … JE104 422 a field is wrong, JE106 422 no colleague, JE203 422
 *         the day is to come, JE301 403 not a director or deputy */
ej_err_t *ej_training_add(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"staff_id", EJ_ID, .is_required = 1},
        {"passed_on", EJ_DAY, .is_required = 1},
        {"hours", EJ_DECIMAL, .min = 1, .max = 18, .digits = 1, .is_required = 1},
        {"seminar", EJ_LINE, .max = 120, .is_required = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "training_add", p);
    return ej_page_see_other(c, "/training/staff?done=added", p);
}

/* Remove a seminar. Errors: JE401 404 no such seminar, or not yours */
ej_err_t *ej_training_remove(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_outcomes(c, "training_remove", p);
    return ej_page_see_other(c, "/training/staff?done=removed", p);
}
