/* mealsheets.c: a month of meals: the sheet of a class, the school's cover and
 * costs, differences from the attendance, the close of the month.
 *
 * Rooms: sql/queries/mealsheets.sql, xslt/mealsheets.xsl,
 *        xslt/print/mealsheets.xsl, tests/mealsheets/
 * Rules: a family pays for what was eaten; months are closed in their order, and
 *        nothing of a closed month changes (sql/objects/rule_meals.sql)
 * Source: MOD-02
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the months of this school year. Makes: <mealsheets view="list"><month/>…
 */
ej_err_t *ej_mealsheets_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *sheets = ej_page_row(c, "mealsheets_head", p);
    ej_page_rows(c, sheets, "mealsheets_months", p);
    return NULL;
}

/* Show a month of the school ("2026-11"). Makes: <mealsheets view="month" …>
 * <cover/>…<cost/>…<class/>…<difference/>… Errors: JE401 404 no such month */
ej_err_t *ej_mealsheets_month(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_scope(c, "mealsheets_scope");
    ej_node_t *sheets = ej_page_row(c, "mealsheets_month", p);
    ej_page_rows(c, sheets, "mealsheets_covers", p);
    ej_page_rows(c, sheets, "mealsheets_costs", p);
    ej_page_rows(c, sheets, "mealsheets_classes", p);
    ej_page_rows(c, sheets, "mealsheets_differences", p);
    return ej_page_done(c, sheets, p);
}

/* Close the month, or settle a difference: meal_order_id with its state, now and
 * when it was shown, and the reason. Errors: JE101 422 no reason, JE254 409 meals
 * of the month are still to come, JE255 409 an earlier month is open, JE212 409
 * it is closed, JE251 409 the month of the order is closed, JE210 409 changed
 * meanwhile */
ej_err_t *ej_mealsheets_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"meal_order_id", EJ_ID},
        {"state", EJ_CHOICE, .words = "eaten missed withdrawn"},
        {"old_state", EJ_LINE, .max = 20},
        {"reason", EJ_LINE, .max = 200},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    if (ej_params_get(p, "meal_order_id"))
        ej_page_outcomes(c, "mealsheets_correct", p);
    else
        ej_page_outcomes(c, "mealsheets_close", p);
    return ej_page_see_other(c, "/meals/months/{month_key}?done=changed", p);
}

/* Show the sheet of a class and month: by category a row a pupil, a column a
 * day; days, cost, of it by the parents, paid in, balance (?meal_id= of one meal
 * alone). Makes: <mealsheets view="class" …><meal/>…<day/>…<pupil><c/>…
 * Errors: JE102, JE401 404 no such class or month, or not yours */
ej_err_t *ej_mealsheets_class(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"meal_id", EJ_ID}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_scope(c, "mealsheets_class_scope");
    ej_node_t *sheets = ej_page_row(c, "mealsheets_class", p);
    ej_page_rows(c, sheets, "mealsheets_meals", p);
    ej_page_grid(c, sheets, "mealsheets_pupils", "mealsheets_days",
                 "mealsheets_cells", p);
    ej_page_rows(c, sheets, "mealsheets_print_sums", p);
    return NULL;
}
