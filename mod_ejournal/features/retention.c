/* retention.c: how long the school keeps its years, and the acts by which they
 * are destroyed.
 *
 * Rooms: sql/queries/retention.sql, sql/objects/retention.sql,
 *        xslt/retention.xsl, tests/retention/
 * Rules: director and administrator both confirm an act, with two accounts;
 *        ejournal-package --destroy then carries it out (sql/objects/
 *        retention_destroy.sql). The act stays
 * Source: ARC-07, FED-25
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the terms, what is kept of each year until when, and the acts.
 * Makes: <retention is_mine= done=><term kind= years= …/>…
 *        <due year= kind= due_on= …/>… <act act_id= …><part …/>…</act>… */
ej_err_t *ej_retention_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *retention = ej_page_row(c, "retention_head", p);
    ej_page_rows(c, retention, "retention_terms", p);
    ej_page_rows(c, retention, "retention_years", p);
    ej_page_rows(c, retention, "retention_acts", p);
    ej_page_rows(c, retention, "retention_parts", p);
    return ej_page_done(c, retention, p);
}

/* Save the terms of the school.
 * Errors: JE101, JE102 422 not years, or fewer than usual, JE104 422, JE106 422
 *         no such kind, JE210 409 changed meanwhile, JE301 403 */
static ej_err_t *save_terms(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"kind", EJ_LINE, .max = 20, .rows = 10, .is_required = 1},
        {"years", EJ_NUMBER, .min = 1, .max = 100, .rows = 10, .is_required = 1,
         .old = 3},
        {"basis", EJ_LINE, .max = 200, .rows = 10, .old = 200},
        {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "retention_save", p);
    return ej_page_see_other(c, "/retention?done=changed", p);
}

/* Draw up an act.
 * Errors: JE101 … JE104 422 a field is wrong, JE290 409 not due, or no package,
 *         JE301 403 */
static ej_err_t *draft(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"year", EJ_NUMBER, .min = 2000, .max = 2099, .is_required = 1},
        {"kind", EJ_CHOICE, .is_required = 1, .words = "journal sheet"},
        {"act_no", EJ_LINE, .max = 40, .is_required = 1},
        {"act_on", EJ_DAY, .is_required = 1},
        {"reason", EJ_LINE, .max = 200, .is_required = 1},
        {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "retention_draft", p);
    return ej_page_see_other(c, "/retention?done=added", p);
}

static const ej_field_t decided[] = {{"act_id", EJ_ID, .is_required = 1},
                                     {"seen", EJ_LINE, .max = 16},
                                     {0}};

/* Confirm an act as it was shown.
 * Errors: JE210 409 changed since, JE296 409 confirmed already in the other
 *         role, JE301 403, JE350 403 the second factor is wanted again, JE401
 *         404 */
static ej_err_t *confirm(ej_ctx_t *c, ej_params_t *p)
{
    EJ_TRY(ej_form_read(p, decided));
    ej_page_outcomes(c, "retention_confirm", p);
    return ej_page_see_other(c, "/retention?done=changed", p);
}

/* Take an act back. Errors: JE299 409 carried out, JE301 403, JE401 404 */
static ej_err_t *withdraw(ej_ctx_t *c, ej_params_t *p)
{
    EJ_TRY(ej_form_read(p, decided));
    ej_page_outcomes(c, "retention_withdraw", p);
    return ej_page_see_other(c, "/retention?done=changed", p);
}

/* Save the terms, draw up an act, confirm it or take it back, by the field
 * step. Errors: those of the steps; JE106 422 no such step */
ej_err_t *ej_retention_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"step", EJ_CHOICE, .is_required = 1,
         .words = "terms draft confirm withdraw"},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    switch (ej_params_get(p, "step")[0]) {
    case 't':
        return save_terms(c, p);
    case 'd':
        return draft(c, p);
    case 'c':
        return confirm(c, p);
    default:
        return withdraw(c, p);
    }
}
