/* promotion.c: all pupils go on into the next school year.
 *
 * Rooms: sql/queries/promotion.sql, xslt/promotion.xsl, tests/promotion/
 * Rules: one transaction makes the missing classes and moves all pupils; it can
 *        be undone until the first lesson of the new year
 *        (sql/objects/promotion.sql)
 * Source: CNT-10
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

#define PUPILS 100

/* Show what is proposed and decided, by class, and the classes of the next
 * year. Makes: <promotion view="list" year= next_year= from_on= is_open=
 * promotion_id=><class/>… <next/>… */
ej_err_t *ej_promotion_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *promotion = ej_page_row(c, "promotion_head", p);
    ej_page_rows(c, promotion, "promotion_classes", p);
    ej_page_rows(c, promotion, "promotion_next", p);
    return ej_page_done(c, promotion, p);
}

/* Promote everybody by an order. Errors: JE101 422 no order, JE207 409 marks
 * stand in the way, JE242 409 the next year is not open, JE243 409 done already
 */
ej_err_t *ej_promotion_commit(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"order_no", EJ_LINE, .max = 40, .is_required = 1},
        {"order_on", EJ_DAY, .is_required = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "promotion_commit", p);
    return ej_page_see_other(c, "/promotion?done=added", p);
}

/* Show the pupils of a class, each with what is proposed or decided.
 * Makes: <promotion view="show" class_id= name= grade=><pupil/>…
 * Errors: JE401 404 no such class of this year */
ej_err_t *ej_promotion_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *promotion = ej_page_row(c, "promotion_class", p);
    ej_page_rows(c, promotion, "promotion_pupils", p);
    return NULL;
}

/* Decide about the pupils of a class. Errors: JE106 422 no such outcome, JE104
 * 422 no letter of a class, JE210 409 decided otherwise meanwhile */
ej_err_t *ej_promotion_choose(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"pupil_id", EJ_ID, .is_required = 1, .rows = PUPILS},
        {"outcome", EJ_CHOICE, .is_required = 1, .rows = PUPILS,
         .words = "promoted conditional repeating graduated"},
        {"letter", EJ_LINE, .max = 10, .rows = PUPILS},
        {"old_outcome", EJ_LINE, .max = 20, .rows = PUPILS},
        {"old_letter", EJ_LINE, .max = 10, .rows = PUPILS},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "promotion_choose", p);
    return ej_page_see_other(c, "/promotion?done=changed", p);
}

/* Show the form that undoes a promotion. Makes: <promotion view="mistake" …>
 * Errors: JE401 404 no such promotion, or not yours to change */
ej_err_t *ej_promotion_mistake(ej_ctx_t *c)
{
    ej_page_row(c, "promotion_mistake", ej_page_params(c));
    return NULL;
}

/* Undo a promotion. Errors: JE101 422 no reason, JE211 409 pupils were moved
 * since, JE244 409 the lessons of the new year have begun */
ej_err_t *ej_promotion_undo(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"undone_reason", EJ_LINE, .max = 200, .is_required = 1}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "promotion_undo", p);
    return ej_page_see_other(c, "/promotion?done=removed", p);
}
