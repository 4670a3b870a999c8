/* receipts.c: whether families have seen the weeks of the diary: of the school
 * by classes, of a class, of a pupil.
 *
 * Rooms: sql/queries/receipts.sql, sql/objects/receipts.sql,
 *        xslt/receipts.xsl, tests/receipts/
 * Rules: receipts are only added; a mark, absence or remark that changes
 *        afterwards asks for a new one
 * Source: DIA-12, DIA-17
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

#define ROWS 200 /* guardians of a class */

static const ej_field_t week_fields[] = {{"week_on", EJ_DAY}, {0}};

/* List the classes with the families that have seen the week of ?week_on= (by
 * default the last one that is open) and the three before it.
 * Makes: <receipts view="list" week_on= …><week/>…<class><c/>…</class>…
 * Errors: JE103 422 no day */
ej_err_t *ej_receipts_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, week_fields));
    ej_page_scope(c, "receipts_scope");
    ej_node_t *receipts = ej_page_row(c, "receipts_head", p);
    ej_page_grid(c, receipts, "receipts_classes", "receipts_weeks",
                 "receipts_cells", p);
    return NULL;
}

/* Show the families of a class and who of them has seen the week; to the class
 * teacher with a form for signed strips. Makes: <receipts view="class"
 * class_id= week_on= is_mine= …><pupil><guardian/>…</pupil>…
 * Errors: JE103 422, JE401 404 no such class, or not yours */
ej_err_t *ej_receipts_class(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, week_fields));
    ej_node_t *receipts = ej_page_row(c, "receipts_class", p);
    ej_page_rows(c, receipts, "receipts_pupils", p);
    ej_page_rows(c, receipts, "receipts_guardians", p);
    return ej_page_done(c, receipts, p);
}

/* Record strips that guardians of a class have signed.
 * Errors: JE101, JE103, JE106 422 a field is wrong, JE203 422 the week is not
 *         open, JE211 409 no guardian of the child, JE301 403 not your class */
ej_err_t *ej_receipts_enter(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"week_on", EJ_DAY, .is_required = 1},
        {"signed", EJ_PROSE, .max = 1, .ids = 2, .rows = ROWS},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "receipts_enter", p);
    return ej_page_see_other(
        c, "/classes/{class_id}/receipts?week_on={week_on}&done=changed", p);
}

/* Show the weeks of a pupil: who has seen each and when; to a guardian with a
 * button for those that are still to be seen. Makes: <receipts view="pupil"
 * pupil_id= name= is_guardian=><week><receipt/>…</week>…
 * Errors: JE401 404 no such pupil, or not yours */
ej_err_t *ej_receipts_pupil(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *receipts = ej_page_row(c, "receipts_pupil", p);
    ej_page_rows(c, receipts, "receipts_pupil_weeks", p);
    ej_page_rows(c, receipts, "receipts_pupil_rows", p);
    return ej_page_done(c, receipts, p);
}

/* Record that the reader, as a guardian of this child, has seen a week; then go
 * on with the week.
 * Errors: JE101, JE103, JE106 422 a field is wrong, JE203 422 the week is not
 *         open, JE210 409 the week was changed since it was shown, JE401 404 no
 *         child of the reader */
ej_err_t *ej_receipts_make(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"week_on", EJ_DAY, .is_required = 1},
        {"way", EJ_CHOICE, .words = "tap read", .is_required = 1},
        {"document", EJ_LINE, .max = 64, .is_required = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "receipts_make", p);
    return ej_page_see_other(c, "/pupils/{pupil_id}/diary?week_on={week_on}",
                             p);
}
