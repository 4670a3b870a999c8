/* modes.c: the working modes of a school: who has which bells, and when; shifts
 * and shortened days.
 *
 * Rooms: sql/queries/modes.sql, xslt/modes.xsl, tests/modes/
 * Rules: one grade or group has one plan at a time (mode_overlap); special days
 *        and a group's own plan go first (ej.bell_plan_on)
 * Source: CFG-13
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the modes: ?find=, ?sort=grades or from_on, ?page=.
 * Makes: <modes view="list" count= page= … is_mine= done=><mode/>…<choice/>… */
ej_err_t *ej_modes_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_page_list(c, "modes_head", "modes_rows", p));
    ej_page_rows(c, ej_page_node(c), "modes_choices", p);
    return ej_page_done(c, ej_page_node(c), p);
}

/* Show the form of one mode. Makes: <modes view="show" mode_id= …><choice/>…
 * Errors: JE401 404 no such mode, or not yours to change */
ej_err_t *ej_modes_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *mode = ej_page_row(c, "modes_show", p);
    ej_page_rows(c, mode, "modes_choices", p);
    return NULL;
}

/* Add, change or remove a mode.
 * Errors: JE101 … JE103, JE132 422 a field is wrong, JE210 409 changed
 * meanwhile, JE212 409 the grade or group has other bells in these days */
ej_err_t *ej_modes_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"bell_plan_id", EJ_ID, .old = 1, .is_required = 1},
        {"grade_from", EJ_NUMBER, .min = 1, .max = 12, .old = 10,
         .is_required = 1},
        {"grade_till", EJ_NUMBER, .min = 1, .max = 12, .old = 10,
         .is_required = 1},
        {"study_group_id", EJ_ID, .old = 1},
        {"is_special", EJ_FLAG, .old = 1},
        {"from_on", EJ_DAY, .old = 1, .is_required = 1},
        {"till_on", EJ_DAY, .old = 1},
        {"is_removed", EJ_FLAG},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "modes_save", p);
    return ej_page_saved(c, "/modes", p);
}
