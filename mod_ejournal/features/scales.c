/* scales.c: the grading systems of a school, and the marks of each.
 *
 * Rooms: sql/queries/scales.sql, xslt/scales.xsl, tests/scales/
 * Rules: a scale and its marks are never deleted, since marks of any year may
 *        use them, but retired; the text of a mark is never changed
 * Source: CFG-17, requirements 3.10
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The form of a scale. Errors: JE101 JE104 422 a field is wrong, JE210 409
 * changed meanwhile, JE212 409 the name is taken */
const ej_field_t ej_scales_fields[] = {
    {"name", EJ_LINE, .max = 60, .old = 500, .is_required = 1},
    {"is_active", EJ_FLAG, .old = 1},
    {0}};

/* List the marks of one scale.
 * Makes: <scales view="values" scale_id= scale_name= is_mine= done=><value/>…
 * Errors: JE401 404 no such scale */
ej_err_t *ej_scales_values(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *scales = ej_page_row(c, "scales_values_head", p);
    ej_page_rows(c, scales, "scales_values", p);
    ej_page_view(c, "values");
    return ej_page_done(c, scales, p);
}

/* Show the form of one mark of a scale.
 * Makes: <scales view="value" scale_value_id= scale_id= scale_name= value= …>
 * Errors: JE401 404 no such mark, or not yours to change */
ej_err_t *ej_scales_value(ej_ctx_t *c)
{
    ej_page_row(c, "scales_value", ej_page_params(c));
    ej_page_view(c, "value");
    return NULL;
}

/* Save a mark whose other fields are read already. */
static ej_err_t *save_value(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"name", EJ_LINE, .max = 60, .old = 500},
        {"number", EJ_DECIMAL, .min = 0, .max = 1000, .digits = 2, .old = 1},
        {"order_no", EJ_NUMBER, .min = 0, .max = 999, .old = 1,
         .is_required = 1},
        {"is_pass", EJ_FLAG, .old = 1},
        {"is_good", EJ_FLAG, .old = 1},
        {"sou_weight", EJ_DECIMAL, .min = 0, .max = 100, .digits = 2, .old = 1},
        {"is_active", EJ_FLAG, .old = 1},
        {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "scales_value_save", p);
    return ej_page_saved(c, "/scales/{scale_id}/values", p);
}

/* Add a mark to a scale.
 * Errors: JE101 … JE105 422 a field is wrong, JE212 409 it is there already */
ej_err_t *ej_scales_value_add(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"value", EJ_LINE, .max = 8, .is_required = 1}, {0}};
    ej_params_t *p = ej_page_params(c);
    ej_params_set(p, "scale_value_id", NULL);
    ej_err_t *bad = ej_form_read(p, fields);
    ej_err_t *rest = save_value(c, p);
    return rest ? rest : bad;
}

/* Change a mark of a scale, but not its text.
 * Errors: JE101 … JE105 422 a field is wrong, JE210 409 changed meanwhile */
ej_err_t *ej_scales_value_save(ej_ctx_t *c)
{
    return save_value(c, ej_page_params(c));
}
