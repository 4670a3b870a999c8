/* corrections.c: requests to correct a mark, a topic or a task that may no
 * longer be changed freely, and their register.
 *
 * Rooms: sql/queries/corrections.sql, xslt/corrections.xsl, tests/corrections/
 * Rules: sql/objects/rule_kept.sql says what needs a request; what is accepted
 *        is written as the teacher's operation
 *        (sql/objects/lesson_corrections.sql)
 * Source: JRN-11, CTL-13
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the requests: ?find= a teacher, ?page=; as CSV or XLSX all of them.
 * Makes: <corrections view="list" count= …><correction/>… */
ej_err_t *ej_corrections_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_page_list(c, "corrections_head", "corrections_rows", p));
    return ej_page_done(c, ej_page_node(c), p);
}

/* Show a request, with a form to a reader who may decide it and a button to the
 * teacher who may withdraw it.
 * Makes: <corrections view="show" correction_id= … is_mine= is_own=>
 * Errors: JE401 404 no such request, or none you may see */
ej_err_t *ej_corrections_show(ej_ctx_t *c)
{
    ej_page_row(c, "corrections_show", ej_page_params(c));
    return NULL;
}

/* Accept, refuse or withdraw a request.
 * Errors: JE101 422 a refusal without a reason, JE201 409 the term is closed,
 *         JE210 409 decided or changed meanwhile, JE301 403 not the reader's to
 *         decide */
ej_err_t *ej_corrections_decide(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"state", EJ_CHOICE,
                                         .words = "accepted refused withdrawn",
                                         .is_required = 1},
                                        {"answer", EJ_LINE, .max = 300},
                                        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "corrections_decide", p);
    return ej_page_see_other(c, "/corrections?done=changed", p);
}

/* Show the form that asks to correct a cell. Makes: <corrections view="cell"
 * journal_id= column_id= pupil_id= kind= present= …><choice/>…
 * Errors: JE401 404 no such cell, or none of your journal */
ej_err_t *ej_corrections_cell(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *cell = ej_page_row(c, "corrections_cell", p);
    ej_page_rows(c, cell, "corrections_values", p);
    return NULL;
}

/* Show the form that asks to correct topic or homework of a lesson.
 * Makes: <corrections view="lesson" lesson_id= topic= homework= …>
 * Errors: JE401 404 no such lesson, or not yours */
ej_err_t *ej_corrections_lesson(ej_ctx_t *c)
{
    ej_page_row(c, "corrections_lesson", ej_page_params(c));
    return NULL;
}

/* Ask to correct a cell. Errors: JE101 422 no reason, JE106 422 nothing would
 * change, JE108 422 not a mark, JE201 409 the term is closed, JE210 409 changed
 * meanwhile, JE212 409 such a request waits, JE301 403 not your journal */
ej_err_t *ej_corrections_ask(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"kind", EJ_CHOICE, .words = "mark term_mark", .is_required = 1},
        {"new", EJ_LINE, .max = 40, .old = 40},
        {"reason", EJ_LINE, .max = 300, .is_required = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "corrections_ask", p);
    return ej_page_see_other(c, "/corrections?done=added", p);
}

/* Ask to correct topic or homework of a lesson. Errors: as ej_corrections_ask,
 * without JE108 */
ej_err_t *ej_corrections_rewrite(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"kind", EJ_CHOICE, .words = "topic homework", .is_required = 1},
        {"new", EJ_PROSE, .max = 4000, .old = 8000},
        {"reason", EJ_LINE, .max = 300, .is_required = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "corrections_rewrite", p);
    return ej_page_see_other(c, "/corrections?done=added", p);
}
