/* requests.c: class teachers and HR ask the administrator to enter arrived and
 * departed pupils and staff; guardians report changed data to the class
 * teacher, or propose new values of the card.
 *
 * Rooms: sql/queries/requests.sql, xslt/requests.xsl, tests/requests/
 * Rules: an accepted value is written into the card by whoever accepts it, in
 *        the same save (ej.request_answer)
 * Source: CNT-03, CNT-04, CNT-07, CNT-11
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the requests: ?find= a name, ?page=. Who may ask gets the form.
 * Makes: <requests view="list" count= is_asker= is_mine= done=><request/>…
 *        <choice/>… Errors: JE102, JE104 422 */
ej_err_t *ej_requests_list(ej_ctx_t *c)
{
    return ej_record_list(c);
}

/* Ask. Errors: JE101 … JE106 422 a field is wrong, JE301 403 not your class */
ej_err_t *ej_requests_ask(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"kind", EJ_CHOICE, .is_required = 1,
         .words = "pupil_arrived pupil_left staff_arrived staff_left"},
        {"name", EJ_LINE, .max = 200, .is_required = 1},
        {"class_id", EJ_ID},
        {"happens_on", EJ_DAY, .is_required = 1},
        {"note", EJ_LINE, .max = 300},
        {0}};
    return ej_page_save(c, fields, "requests_save", "/requests");
}

/* Show a request to be answered. Makes: <requests view="show" request_id= …>
 * Errors: JE401 404 no such request, or not yours to answer */
ej_err_t *ej_requests_show(ej_ctx_t *c)
{
    ej_page_row(c, "requests_show", ej_page_params(c));
    return NULL;
}

/* Answer a request; an accepted change is written into the card. Errors: JE101
 * 422 a refusal has a reason, JE106 422 no such state, JE210 409 answered, or
 * the card changed, meanwhile, JE301 403 not your card to change */
ej_err_t *ej_requests_answer(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"state", EJ_CHOICE, .words = "new done refused", .old = 10,
         .is_required = 1},
        {"answer", EJ_LINE, .max = 300, .old = 500},
        {"card_value", EJ_LINE, .max = 500},
        {0}};
    return ej_page_save(c, fields, "requests_answer", "/requests");
}

/* Show a guardian the form that reports changed data of a child, and what was
 * reported. Makes: <requests view="report" pupil_id= name= address=
 * home_address= contacts= phone= email= done=><request/>…
 * Errors: JE401 404 no child of the reader */
ej_err_t *ej_requests_report(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *requests = ej_page_row(c, "requests_report", p);
    ej_page_rows(c, requests, "requests_reported", p);
    return ej_page_done(c, requests, p);
}

/* Report. Errors: JE101, JE104, JE105 422 what has changed, JE210 409 the card
 * was changed meanwhile, JE288 409 too many reports in a day, JE401 404 as
 * above */
ej_err_t *ej_requests_send(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"address", EJ_LINE, .max = 300, .old = 500},
        {"home_address", EJ_LINE, .max = 300, .old = 500},
        {"contacts", EJ_LINE, .max = 200, .old = 500},
        {"phone", EJ_LINE, .max = 100, .old = 500},
        {"email", EJ_LINE, .max = 200, .old = 500},
        {"note", EJ_LINE, .max = 300},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "requests_send", p);
    return ej_page_see_other(c, "/pupils/{pupil_id}/report?done=added", p);
}
