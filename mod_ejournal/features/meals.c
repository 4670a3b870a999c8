/* meals.c: the orders of meals: of a day, of a class, what a pupil eats; who eats
 * what by the families' choices.
 *
 * Rooms: sql/queries/meals.sql, sql/objects/meals.sql, meals_save.sql,
 *        rule_meals.sql, rights_meals.sql, xslt/meals.xsl, tests/meals/
 * Rules: a class is confirmed until the cutoff, afterwards the organiser changes
 *        orders, with a reason, until the month is closed
 * Source: MOD-02
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

#define CELLS 400 /* 100 pupils, 4 meals */

/* List the orders: to a class teacher the coming days of the own classes, each
 * with its button, to others the classes of one day (?day_on=, by default the
 * next that is not sent). Makes: <meals view="list" day_on= …><total/>…<order/>…
 * Errors: JE103 */
ej_err_t *ej_meals_list(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"day_on", EJ_DAY}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_scope(c, "meals_scope");
    ej_node_t *meals = ej_page_row(c, "meals_head", p);
    ej_page_rows(c, meals, "meals_totals", p);
    ej_page_rows(c, meals, "meals_orders", p);
    return ej_page_done(c, meals, p);
}

/* Show the orders of a class and day: a row a pupil, a column a meal.
 * Makes: <meals view="class" class_id= day_on= …><meal/>…<pupil><c/>…</pupil>…
 * Errors: JE401 404 no such class, or not yours */
ej_err_t *ej_meals_class(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *meals = ej_page_row(c, "meals_class", p);
    ej_page_grid(c, meals, "meals_pupils", "meals_columns", "meals_cells", p);
    return ej_page_done(c, meals, p);
}

/* Confirm the orders of a class and day: as they are (count, the number of
 * portions that the list showed), or as they are ticked: eats and ate, now and
 * when the form was shown, are texts "pupil.meal". Errors: JE101 422 the
 * organiser gave no reason after the cutoff, JE250 409 the cutoff has passed,
 * JE251 409 the month is closed, JE252 422 no price, JE247 422, JE210 409
 * changed meanwhile, JE301 403 not your class, JE401 404 nothing to confirm */
ej_err_t *ej_meals_confirm(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"eats", EJ_LINE, .max = 40, .rows = CELLS, .is_set = 1},
        {"ate", EJ_LINE, .max = 40, .rows = CELLS, .is_set = 1},
        {"count", EJ_NUMBER, .min = 0, .max = 1000},
        {"reason", EJ_LINE, .max = 200},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "meals_confirm", p);
    return ej_page_see_other(
        c, "/meals/orders/{class_id}/{day_on}?done=changed", p);
}

/* Show who of a class eats what. Makes: <meals view="choices" class_id= …>
 * <meal/>…<pupil><c/>…</pupil>… Errors: JE401 */
ej_err_t *ej_meals_choices(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *meals = ej_page_row(c, "meals_eaters", p);
    ej_page_grid(c, meals, "meals_eater_pupils", "meals_eater_meals",
                 "meals_eater_cells", p);
    return ej_page_done(c, meals, p);
}

/* Save who of a class eats what from a day on: for each pupil and meal the days
 * of the week, "135", or none. Errors: JE101 … JE104, JE247 422 a field is
 * wrong, JE210 409 changed meanwhile, JE301 403 not your class */
ej_err_t *ej_meals_choose(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"days", EJ_PROSE, .max = 6, .ids = 2, .rows = CELLS},
        {"from_on", EJ_DAY, .is_required = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "meals_choose", p);
    return ej_page_see_other(c, "/classes/{class_id}/meals?done=changed", p);
}

/* Show what a pupil eats and what it costs the family: the menu of the next
 * days, the orders of this month and the last, payments, the balance.
 * Makes: <meals view="pupil" pupil_id= balance= …><menu/>…<order/>…<payment/>…
 * Errors: JE401 404 no such pupil, or not yours */
ej_err_t *ej_meals_pupil(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *meals = ej_page_row(c, "meals_pupil", p);
    ej_page_rows(c, meals, "meals_pupil_choices", p);
    ej_page_rows(c, meals, "meals_pupil_menus", p);
    ej_page_rows(c, meals, "meals_pupil_months", p);
    ej_page_rows(c, meals, "meals_pupil_orders", p);
    ej_page_rows(c, meals, "meals_pupil_payments", p);
    return NULL;
}
