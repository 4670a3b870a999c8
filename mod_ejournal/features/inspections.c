/* inspections.c: the monthly inspection of how journals are kept: drafted,
 * published, confirmed by teachers and class teachers.
 *
 * Rooms: sql/queries/inspections.sql, sql/objects/inspections.sql,
 *        xslt/inspections.xsl, xslt/print/inspections.xsl, tests/inspections/
 * Rules: the figures are those of the control (duty.sql) on the day of the
 *        draft; what is published never changes
 * Source: CTL-04, CTL-05
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the inspections, and near the end of a term the teachers to whom no
 * inspection has been shown in it.
 * Makes: <inspections view="list" can_draft= is_head= month_on=>
 *        <inspection/>…<missing/>… */
ej_err_t *ej_inspections_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *inspections = ej_page_row(c, "inspections_head", p);
    ej_page_rows(c, inspections, "inspections_rows", p);
    ej_page_rows(c, inspections, "inspections_missing", p);
    return ej_page_done(c, inspections, p);
}

/* Draft the inspection of a month, with the figures up to yesterday.
 * Errors: JE101, JE103 422, JE203 422 no day of the month is over, JE212 409
 *         there is one, JE301 403 not yours to draft */
ej_err_t *ej_inspections_add(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"month_on", EJ_DAY, .is_required = 1},
                                        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "inspections_add", p);
    return ej_page_saved(c, "/inspections", p);
}

/* Show an inspection: to heads all of it, to a teacher the own line.
 * Makes: <inspections view="show" inspection_id= state= is_mine= can_confirm=>
 *        <line><figure/>…</line>…
 * Errors: JE401 404 no such inspection, or nothing of it that you may see */
ej_err_t *ej_inspections_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *inspection = ej_page_row(c, "inspections_show", p);
    ej_page_rows(c, inspection, "inspections_lines", p);
    ej_page_rows(c, inspection, "inspections_figures", p);
    if (ej_page_is_print(c))
        ej_page_row(c, "inspections_print_head", p);
    return ej_page_done(c, inspection, p);
}

/* Save the conclusion and notes of a draft, count its figures again, or publish
 * it.
 * Errors: JE102, JE104 … JE107 422, JE210 409 changed or published meanwhile,
 *         JE301 403 not yours to change, JE401 404 no such inspection */
ej_err_t *ej_inspections_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"action", EJ_CHOICE, .words = "save count publish", .is_required = 1},
        {"text", EJ_PROSE, .max = 3000, .old = 6000},
        {"line_id", EJ_ID, .rows = 300, .is_required = 1},
        {"note", EJ_LINE, .max = 300, .rows = 300, .old = 600},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "inspections_save", p);
    return ej_page_see_other(c, "/inspections/{inspection_id}?done=changed", p);
}

/* Confirm that the user has read the own line of a published inspection.
 * Errors: JE401 404 nothing of it is the user's */
ej_err_t *ej_inspections_confirm(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_outcomes(c, "inspections_confirm", p);
    return ej_page_see_other(c, "/inspections/{inspection_id}", p);
}
