/* outside.c: the marks that a pupil brought from another school.
 *
 * Rooms: sql/queries/outside.sql, xslt/outside.xsl, tests/outside/
 * Rules: they count in means if the school's setting says so (ej.figures); one
 *        entered by mistake stays, and counts no more
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show the marks of a pupil, and to whoever may add one its form.
 * Makes: <outside view="show" pupil_id= name= is_mine= done=><mark/>…
 *        <choice/>… Errors: JE401 404 no such pupil, or not yours */
ej_err_t *ej_outside_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *outside = ej_page_row(c, "outside_head", p);
    ej_page_rows(c, outside, "outside_rows", p);
    ej_page_rows(c, outside, "outside_choices", p);
    return ej_page_done(c, outside, p);
}

/* Add a mark. Errors: JE101 … JE105 422 a field is wrong, JE301 403 not your
 * pupil */
ej_err_t *ej_outside_add(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"subject_id", EJ_ID, .is_required = 1},
        {"term_id", EJ_ID},
        {"given_on", EJ_DAY, .is_required = 1},
        {"number", EJ_NUMBER, .min = 0, .max = 100, .is_required = 1},
        {"weight_pct", EJ_NUMBER, .min = 1, .max = 1000, .is_required = 1},
        {"document", EJ_LINE, .max = 200, .is_required = 1},
        {0}};
    return ej_page_save(c, fields, "outside_add", "/pupils/{pupil_id}/outside");
}

/* Say that a mark was entered by mistake, or take that back.
 * Errors: JE210 409 somebody did so meanwhile, JE401 404 no such mark */
ej_err_t *ej_outside_void(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"pupil_id", EJ_ID, .is_required = 1},
                                        {"is_void", EJ_FLAG, .old = 1},
                                        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "outside_void", p);
    return ej_page_see_other(c, "/pupils/{pupil_id}/outside?done=changed", p);
}
