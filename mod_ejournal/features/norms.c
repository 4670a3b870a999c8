/* norms.c: the most hours a week of each grade, and its weeks of study.
 *
 * Rooms: sql/queries/norms.sql, xslt/norms.xsl, tests/norms/
 * Source: CFG-14; a school begins with the figures of sql/setup.sql
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the norms by grade. Those who may change them get the form of a new one.
 * Makes: <norms view="list" count= is_mine= done=><norm/>… */
ej_err_t *ej_norms_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *norms = ej_page_row(c, "norms_head", p);
    ej_page_rows(c, norms, "norms_rows", p);
    return ej_page_done(c, norms, p);
}

/* Show the form of one norm. Makes: <norms view="show" norm_id= grade= …>
 * Errors: JE401 404 no such norm, or not yours to change */
ej_err_t *ej_norms_show(ej_ctx_t *c)
{
    ej_page_row(c, "norms_show", ej_page_params(c));
    return NULL;
}

/* Add a norm (without norm_id), change or remove it.
 * Errors: JE101, JE102 422 a field is wrong, JE210 409 changed meanwhile,
 *         JE212 409 the grade has one */
ej_err_t *ej_norms_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"grade", EJ_NUMBER, .min = 1, .max = 12, .old = 1, .is_required = 1},
        {"hours_5", EJ_DECIMAL, .min = 1, .max = 60, .digits = 1, .old = 10},
        {"hours_6", EJ_DECIMAL, .min = 1, .max = 60, .digits = 1, .old = 10},
        {"weeks", EJ_NUMBER, .min = 1, .max = 53, .old = 1, .is_required = 1},
        {"is_removed", EJ_FLAG},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "norms_save", p);
    return ej_page_saved(c, "/norms", p);
}
