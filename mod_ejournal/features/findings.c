/* findings.c: findings about how journals are kept, their answers and
 * decisions; signals of teachers and class teachers to the deputies.
 *
 * Rooms: sql/queries/findings.sql, sql/objects/findings.sql,
 *        xslt/findings.xsl, tests/findings/
 * Rules: open, answered, accepted or returned (ej.rule_finding); nothing is
 *        deleted
 * Source: CTL-05, CTL-08, CTL-10, CTL-11
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* what a finding is about */
#define ABOUT                                                                  \
    {"addressee_id", EJ_ID, .is_required = 1}, {"class_id", EJ_ID},            \
        {"teaching_id", EJ_ID}, {"lesson_id", EJ_ID}, {"from_on", EJ_DAY},     \
    {                                                                          \
        "till_on", EJ_DAY                                                      \
    }
#define SIGNALS                                                                \
    "signal-marks signal-failing signal-absent signal-falling signal-class"

/* List the findings and signals: ?find= an addressee, ?page=; as CSV or XLSX
 * all of them. Makes: <findings view="list" count= …><finding/>… */
ej_err_t *ej_findings_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_page_list(c, "findings_head", "findings_rows", p));
    return ej_page_done(c, ej_page_node(c), p);
}

/* Show a finding, with a form to the addressee who may answer it, or to a
 * director or deputy who may decide.
 * Makes: <findings view="show" finding_id= is_mine= is_lead= …>
 * Errors: JE401 404 no such finding, or none you may see */
ej_err_t *ej_findings_show(ej_ctx_t *c)
{
    ej_page_row(c, "findings_show", ej_page_params(c));
    return NULL;
}

/* Answer a finding (state answered), accept or return it, or decide about a
 * signal.
 * Errors: JE101 422 no answer, or a return without a reason, JE210 409 answered
 *         or decided meanwhile, JE301 403 not the reader's to do */
ej_err_t *ej_findings_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"state", EJ_CHOICE,
                                         .words = "answered accepted returned",
                                         .is_required = 1},
                                        {"answer", EJ_PROSE, .max = 1000},
                                        {"shown", EJ_PROSE, .max = 2000},
                                        {"decision", EJ_PROSE, .max = 1000},
                                        {"order_no", EJ_LINE, .max = 40},
                                        {"order_on", EJ_DAY},
                                        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "findings_save", p);
    return ej_page_see_other(c, "/findings?done=changed", p);
}

/* Show the form of a new finding, filled in from a row of the control.
 * Makes: <findings view="new" duty_key= addressee_id= … due_on=>
 * Errors: JE102, JE103 422, JE401 404 no such duty or colleague */
ej_err_t *ej_findings_new(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {ABOUT, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_row(c, "findings_new", p);
    return NULL;
}

/* Make a finding. Errors: JE101 … JE104 422, JE106 422 no colleague, JE132 422
 *         reversed days, JE203 422 due_on is past, JE401 404 */
ej_err_t *ej_findings_add(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        ABOUT,
        {"text", EJ_PROSE, .max = 1000, .is_required = 1},
        {"due_on", EJ_DAY, .is_required = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "findings_add", p);
    return ej_page_see_other(c, "/findings?done=added", p);
}

/* Show the form of a signal. Makes: <findings view="signal"><choice/>… */
ej_err_t *ej_findings_signal(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *findings = ej_page_row(c, "findings_signal", p);
    ej_page_rows(c, findings, "findings_classes", p);
    return NULL;
}

/* Raise a signal. Errors: JE101, JE104 422, JE106 422 not the reader's class */
ej_err_t *ej_findings_raise(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"duty_key", EJ_CHOICE, .words = SIGNALS, .is_required = 1},
        {"class_id", EJ_ID, .is_required = 1},
        {"text", EJ_PROSE, .max = 1000, .is_required = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "findings_raise", p);
    return ej_page_see_other(c, "/findings?done=added", p);
}
