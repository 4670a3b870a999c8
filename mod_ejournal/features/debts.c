/* debts.c: academic debts: year marks that are no pass, their two retakes and
 * results.
 *
 * Rooms: sql/queries/debts.sql, sql/objects/debts.sql, xslt/debts.xsl,
 *        tests/debts/
 * Rules: the second retake is held by a commission, after a first that was
 *        failed; a passed one ends the debt and leaves the year mark as it is
 * Source: 273-FZ, art. 58
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the debts of the school, to a class teacher those of the own class.
 * Makes: <debts view="list" year= page= find=><debt/>… */
ej_err_t *ej_debts_list(ej_ctx_t *c)
{
    return ej_page_list(c, "debts_head", "debts_rows", ej_page_params(c));
}

/* Show the debts of a pupil with their retakes, and to whoever may appoint one
 * its form.
 * Makes: <debts view="show" pupil_id= name= is_mine= done=>
 *        <debt …><retake/>…</debt>… <choice/>…
 * Errors: JE401 404 no such pupil, or not yours */
ej_err_t *ej_debts_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *debts = ej_page_row(c, "debts_pupil", p);
    ej_page_rows(c, debts, "debts_debts", p);
    ej_page_rows(c, debts, "debts_retakes", p);
    ej_page_rows(c, debts, "debts_choices", p);
    return ej_page_done(c, debts, p);
}

/* Appoint a retake. Errors: JE101 … JE104 422 a field is wrong, JE293 409 no
 * such debt, JE294 409 no further retake, JE295 422 not after the debt */
ej_err_t *ej_debts_appoint(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"subject_id", EJ_ID, .is_required = 1},
                                        {"held_on", EJ_DAY, .is_required = 1},
                                        {"examiners", EJ_LINE, .max = 300},
                                        {"note", EJ_LINE, .max = 300},
                                        {0}};
    return ej_page_save(c, fields, "debts_appoint", "/pupils/{pupil_id}/debts");
}

/* Show the form of a retake. Makes: <debts view="retake" retake_id= …>
 * <choice/>… Errors: JE401 404 no such retake, or not yours to change */
ej_err_t *ej_debts_retake(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *debts = ej_page_row(c, "debts_retake", p);
    ej_page_rows(c, debts, "debts_values", p);
    return NULL;
}

/* Save the result of a retake, move it, or say that it does not count.
 * Errors: JE101 … JE106 422 a field is wrong, JE210 409 changed meanwhile,
 *         JE294 409 another retake hangs on it, JE295 422 the day */
ej_err_t *ej_debts_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"pupil_id", EJ_ID, .is_required = 1}, /* whose page leads back */
        {"held_on", EJ_DAY, .is_required = 1, .old = 10},
        {"examiners", EJ_LINE, .max = 300, .old = 600},
        {"value", EJ_LINE, .max = 40, .old = 40},
        {"protocol", EJ_LINE, .max = 100, .old = 200},
        {"note", EJ_LINE, .max = 300, .old = 600},
        {"is_void", EJ_FLAG, .old = 1},
        {0}};
    return ej_page_save(c, fields, "debts_save", "/pupils/{pupil_id}/debts");
}
