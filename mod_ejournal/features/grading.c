/* grading.c: which grading system a new teaching gets: list of rules, adding,
 * changing, removing.
 *
 * Rooms: sql/queries/grading.sql, sql/objects/grading.sql, xslt/grading.xsl,
 *        tests/grading/
 * Rules: the most specific rule counts (ej.scales_for); a rule says nothing
 *        about teachings that are there already
 * Source: CFG-17
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the rules, the most specific first.
 * Makes: <grading view="list" is_mine= done=><choice/>…<rule/>… */
ej_err_t *ej_grading_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *grading = ej_page_row(c, "grading_head", p);
    ej_page_rows(c, grading, "grading_choices", p);
    ej_page_rows(c, grading, "grading_rows", p);
    return ej_page_done(c, grading, p);
}

/* Show the form of one rule. Makes: <grading view="show" scale_use_id= …>
 * Errors: JE401 404 no such rule, or not yours to change */
ej_err_t *ej_grading_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *grading = ej_page_row(c, "grading_show", p);
    ej_page_rows(c, grading, "grading_choices", p);
    return NULL;
}

/* Add a rule (without scale_use_id), change it or remove it.
 * Errors: JE101 JE102 422 a field is wrong, JE210 409 changed meanwhile,
 *         JE212 409 there is such a rule */
ej_err_t *ej_grading_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"scale_id", EJ_ID, .old = 1, .is_required = 1},
        {"term_scale_id", EJ_ID, .old = 1, .is_required = 1},
        {"subject_id", EJ_ID, .old = 1},
        {"grade_from", EJ_NUMBER, .min = 1, .max = 12, .old = 1},
        {"grade_till", EJ_NUMBER, .min = 1, .max = 12, .old = 1},
        {"class_id", EJ_ID, .old = 1},
        {"is_removed", EJ_FLAG},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "grading_save", p);
    return ej_page_saved(c, "/grading", p);
}
