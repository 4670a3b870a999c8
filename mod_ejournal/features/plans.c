/* plans.c: calendar-thematic plans: the base of a school's plans, one plan
 * as a grid, filled from a spreadsheet, copied, approved.
 *
 * Rooms: sql/queries/plans.sql, sql/objects/plan.sql, xslt/plans.xsl,
 *        tests/plans/
 * Rules: sql/objects/rule_plan.sql, rights: sql/objects/rights_plan.sql
 *        on the dates of a teaching: sql/objects/plan_dates.sql
 * Source: KTP-01, KTP-02, KTP-03
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

#define ROWS 410 /* of one form */
#define KINDS "lesson control laboratory practical excursion"

/* List the plans of a year: ?year=, ?grade=, ?find= a subject, a plan or its
 * author, ?sort=, ?page=. Makes: <plans view="list" year= grade= … is_mine=
 * done=><grade/>…<plan/>…<choice/>… Errors: JE102, JE104, JE106 422 */
ej_err_t *ej_plans_list(ej_ctx_t *c)
{
    static const ej_field_t which[] = {
        {"year", EJ_NUMBER, .min = 2000, .max = 2099},
        {"grade", EJ_NUMBER, .min = 1, .max = 12},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, which));
    EJ_TRY(ej_page_list(c, "plans_head", "plans_rows", p));
    ej_node_t *plans = ej_page_node(c);
    ej_page_rows(c, plans, "plans_grades", p);
    ej_page_rows(c, plans, "plans_years", p);
    ej_page_rows(c, plans, "plans_choices", p);
    return ej_page_done(c, plans, p);
}

/* Make a plan: an empty one, or a copy of another.
 * Errors: JE101 … JE106 422 a field is wrong, JE301 403 */
ej_err_t *ej_plans_add(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"subject_id", EJ_ID, .is_required = 1},
        {"grade", EJ_NUMBER, .min = 1, .max = 12, .is_required = 1},
        {"hours_week", EJ_DECIMAL, .min = 0, .max = 40, .digits = 1,
         .is_required = 1},
        {"name", EJ_LINE, .max = 200, .is_required = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    ej_params_set(p, "base_id", NULL);
    ej_params_set(p, "is_version", "f");
    return ej_page_save(c, fields, "plans_new", "/plans");
}

/* Show a plan with its hours by term; its author gets the grid of a draft.
 * Makes: <plans view="show" plan_id= … is_own= is_deputy= fault=><term/>…
 *        <row/>…<teaching/>… Errors: JE401 404 no such plan */
ej_err_t *ej_plans_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *plan = ej_page_row(c, "plans_show", p);
    ej_page_rows(c, plan, "plans_terms", p);
    ej_page_rows(c, plan, "plans_lines", p);
    ej_page_rows(c, plan, "plans_teachings", p);
    return ej_page_done(c, plan, p);
}

/* Save the grid of a draft.
 * Errors: JE101 … JE106 422 a cell is wrong, JE210 409 changed meanwhile, JE211
 *         409 a removed topic was given, JE220 409 offered or approved, JE301
 *         403 not the author */
ej_err_t *ej_plans_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"row_id", EJ_ID, .rows = ROWS},
        {"place", EJ_DECIMAL, .min = 0, .max = 9999, .digits = 1, .rows = ROWS,
         .old = 10},
        {"section", EJ_LINE, .max = 300, .rows = ROWS, .old = 1000},
        {"term_no", EJ_NUMBER, .min = 1, .max = 4, .rows = ROWS, .old = 10},
        {"topic", EJ_LINE, .max = 500, .rows = ROWS, .old = 1000},
        {"kind", EJ_CHOICE, .words = KINDS, .rows = ROWS, .old = 20},
        {"hours", EJ_DECIMAL, .min = 0, .max = 40, .digits = 1, .rows = ROWS,
         .old = 10},
        {"homework", EJ_LINE, .max = 1000, .rows = ROWS, .old = 2000},
        {"links", EJ_LINE, .max = 1000, .rows = ROWS, .old = 2000},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "plans_save", p);
    return ej_page_see_other(c, "/plans/{plan_id}?done=changed", p);
}

/* Show the form that fills a plan from a spreadsheet. Makes: <plans view="fill"
 * plan_id= …> Errors: JE401 404 no such plan */
ej_err_t *ej_plans_fill(ej_ctx_t *c)
{
    ej_page_view(c, "fill");
    ej_page_row(c, "plans_show", ej_page_params(c));
    return NULL;
}

/* Add the rows of a file, or of a text pasted from a spreadsheet.
 * Errors: JE101 422 no file and no text, or no topics in it, JE102, JE104 422 a
 *         cell is wrong (n: its line), JE107 422 too many, JE130, JE131 422 the
 *         file, JE211 409 topics that were given would go, JE220 409, JE301 403
 */
ej_err_t *ej_plans_put(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"pasted", EJ_PROSE, .max = 200000}, {"is_replaced", EJ_FLAG}, {0}};
    ej_params_t *p = ej_page_params(c);
    const ej_file_t *file;
    const char *cells = NULL;
    EJ_TRY(ej_form_read(p, fields));
    ej_err_t *none = ej_page_file(&file, c, "file");
    if (!none)
        EJ_TRY(ej_in_table(&cells, ej_page_pool(c), file, ROWS));
    ej_params_set(p, "cells", cells);
    ej_page_outcomes(c, "plans_put", p);
    return ej_page_see_other(c, "/plans/{plan_id}?done=added", p);
}

/* Show the form that copies a plan. Makes: <plans view="copy" plan_id= …>
 * Errors: JE401 404 no such plan */
ej_err_t *ej_plans_copy(ej_ctx_t *c)
{
    ej_page_view(c, "copy");
    ej_page_row(c, "plans_show", ej_page_params(c));
    return NULL;
}

/* Copy a plan for the reader, or begin the next version of the reader's own.
 * Errors: JE102, JE104 422 a field is wrong, JE212 409 a version is being
 *         written, JE220 409 a version of a plan that is not approved, JE301
 *         403
 */
ej_err_t *ej_plans_take(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"grade", EJ_NUMBER, .min = 1, .max = 12},
        {"hours_week", EJ_DECIMAL, .min = 0, .max = 40, .digits = 1},
        {"name", EJ_LINE, .max = 200},
        {"is_version", EJ_FLAG},
        {0}};
    ej_params_t *p = ej_page_params(c);
    ej_params_set(p, "base_id", ej_params_get(p, "plan_id"));
    ej_params_set(p, "subject_id", NULL);
    return ej_page_save(c, fields, "plans_new", "/plans");
}

/* Offer a plan for approval, take it back, return it with a note, approve or
 * remove it. Errors: JE101, JE106, JE221 422 or 409 the hours are not those of
 *         the curriculum, JE210 409 changed meanwhile, JE211 409 used, JE301
 *         403 not yours to do */
ej_err_t *ej_plans_move(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"state", EJ_CHOICE, .words = "draft offered approved removed",
         .is_required = 1},
        {"old_state", EJ_LINE, .max = 20},
        {"note", EJ_LINE, .max = 300},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "plans_move", p);
    if (!strcmp(ej_params_get(p, "state"), "removed"))
        return ej_page_see_other(c, "/plans?done=removed", p);
    return ej_page_see_other(c, "/plans/{plan_id}?done=changed", p);
}

/* Show the plan of a teaching on its lessons and the days of the timetable.
 * Makes: <plans view="dates" teaching_id= plan_id= … is_own= can_choose=
 *        unlinked= done=><row state= lesson_id= held_on= …/>…<choice/>…
 * Errors: JE401 404 no such teaching, or none whose journal you read */
ej_err_t *ej_plans_dates(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_view(c, "dates");
    ej_node_t *plan = ej_page_row(c, "plans_dates", p);
    ej_page_rows(c, plan, "plans_dates_rows", p);
    ej_page_rows(c, plan, "plans_dates_choices", p);
    return ej_page_done(c, plan, p);
}

/* Choose the plan of a teaching, skip a topic or take that back, or let the
 * given lessons count for the topics in their order.
 * Errors: JE101 422 no reason, JE106 422 no such plan or topic, JE210 409
 *         another plan meanwhile, JE301 403 not yours to do */
ej_err_t *ej_plans_do(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"action", EJ_CHOICE,
                                         .words = "use skip unskip fill",
                                         .is_required = 1},
                                        {"old_plan_id", EJ_ID},
                                        {"plan_id", EJ_ID},
                                        {"plan_row_id", EJ_ID},
                                        {"reason", EJ_LINE, .max = 300},
                                        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "plans_do", p);
    return ej_page_see_other(c, "/teachings/{teaching_id}/plan?done=changed",
                             p);
}
