/* transfers.c: pupils go from one school of the installation to another.
 *
 * Rooms: sql/queries/transfers.sql, sql/objects/transfers.sql,
 *        xslt/transfers.xsl, tests/transfers/
 * Rules: director and deputy of each school take its steps: the new school
 *        asks, or the old one sends by order; the new one accepts into a class
 *        or refuses. The file of the pupil is frozen when it accepts
 * Source: INT-04, issue Region F.3
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the transfers of the school, or those of the class teacher's pupils:
 * ?find= a pupil, ?state=, ?page=.
 * Makes: <transfers view="list" count= is_mine= …><transfer/>…
 * Errors: JE102, JE106 422 no such filter */
ej_err_t *ej_transfers_list(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"state", EJ_CHOICE, .words = "asked sent accepted refused withdrawn"},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    EJ_TRY(ej_page_list(c, "transfers_head", "transfers_rows", p));
    return ej_page_done(c, ej_page_node(c), p);
}

/* Show the form that asks another school for a pupil or, with ?pupil_id=, the
 * one that sends an own pupil.
 * Makes: <transfers view="new" pupil_id= name= …><choice/>…
 * Errors: JE401 404 no such pupil, or not of the own school */
ej_err_t *ej_transfers_new(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"pupil_id", EJ_ID}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *transfers = ej_page_row(c, "transfers_new", p);
    ej_page_rows(c, transfers, "transfers_schools", p);
    return NULL;
}

/* Ask for a pupil of another school.
 * Errors: JE101 … JE106 422 a field is wrong, JE212 409 asked already */
static ej_err_t *ask(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"school_id", EJ_ID, .is_required = 1},
        {"surname", EJ_LINE, .max = 100, .is_required = 1},
        {"given_name", EJ_LINE, .max = 100, .is_required = 1},
        {"patronymic", EJ_LINE, .max = 100},
        {"birth_on", EJ_DAY, .is_required = 1},
        {"note", EJ_LINE, .max = 200},
        {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "transfers_ask", p);
    return ej_page_see_other(c, "/transfers?done=added", p);
}

/* Ask another school for a pupil, or send the own pupil of pupil_id to it.
 * Errors: JE101 … JE106 422 a field is wrong, JE212 409 asked or sent already,
 *         JE240 422 in no class on the day, JE301 403, JE401 404 no such pupil
 */
ej_err_t *ej_transfers_add(ej_ctx_t *c)
{
    static const ej_field_t whom[] = {{"pupil_id", EJ_ID}, {0}};
    static const ej_field_t fields[] = {
        {"school_id", EJ_ID, .is_required = 1},
        {"order_no", EJ_LINE, .max = 40, .is_required = 1},
        {"order_on", EJ_DAY, .is_required = 1},
        {"leaves_on", EJ_DAY, .is_required = 1},
        {"note", EJ_LINE, .max = 200},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, whom));
    if (!ej_params_get(p, "pupil_id"))
        return ask(c, p);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "transfers_send", p);
    return ej_page_see_other(c, "/transfers?done=added", p);
}

/* Queue the file of the pupil as it was frozen; no rows before that, and none
 * for the school that the pupil left. */
static void file(ej_ctx_t *c, ej_node_t *transfers, ej_params_t *p)
{
    ej_page_rows(c, transfers, "transfers_cards", p);
    ej_page_rows(c, transfers, "transfers_guardians", p);
    ej_page_rows(c, transfers, "transfers_subjects", p);
    ej_page_rows(c, transfers, "transfers_marks", p);
    ej_page_rows(c, transfers, "transfers_terms", p);
    ej_page_rows(c, transfers, "transfers_absences", p);
    ej_page_rows(c, transfers, "transfers_brought", p);
    ej_page_rows(c, transfers, "transfers_achievements", p);
}

/* Show a transfer with the steps that are the reader's, and the file of the
 * pupil to the new school; who opens the file is recorded.
 * Makes: <transfers view="show" transfer_id= state= …><meant/>… <choice/>…
 *        <card/>… <guardian/>… <subject><mark/>… <term/>…</subject>…
 *        <absence/>… <brought/>… <achievement/>…
 * Errors: JE401 404 no such transfer, or not of the reader's school */
ej_err_t *ej_transfers_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_exec(c, "transfers_opened", p);
    ej_node_t *transfers = ej_page_row(c, "transfers_show", p);
    ej_page_rows(c, transfers, "transfers_meant", p);
    ej_page_rows(c, transfers, "transfers_classes", p);
    file(c, transfers, p);
    return ej_page_done(c, transfers, p);
}

/* Take a step of a transfer: send, accept, refuse or withdraw it, as long as
 * it is in the state that the form showed (seen).
 * Errors: JE101 … JE106, JE203, JE240, JE241 422 a field is wrong, JE201,
 *         JE207 409 the journals do not let the pupil go on that day, JE210 409
 *         the other school took a step meanwhile, JE212 409 sent elsewhere,
 *         JE301 403 not the own turn, JE401 404 */
ej_err_t *ej_transfers_step(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"step", EJ_CHOICE, .words = "send accept refuse withdraw",
         .is_required = 1},
        {"seen", EJ_CHOICE, .words = "asked sent accepted refused withdrawn",
         .is_required = 1},
        {"pupil_id", EJ_ID},
        {"order_no", EJ_LINE, .max = 40},
        {"order_on", EJ_DAY},
        {"leaves_on", EJ_DAY},
        {"class_id", EJ_ID},
        {"moved_on", EJ_DAY},
        {"enter_order_no", EJ_LINE, .max = 40},
        {"enter_order_on", EJ_DAY},
        {"answer", EJ_LINE, .max = 200},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "transfers_step", p);
    return ej_page_see_other(c, "/transfers/{transfer_id}?done=changed", p);
}
