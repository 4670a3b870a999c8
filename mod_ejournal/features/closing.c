/* closing.c: the journals of a term: what is missing, closing them class by
 * class, opening them again by order, the last day for term marks.
 *
 * Rooms: sql/queries/closing.sql, sql/objects/closing.sql, xslt/closing.xsl,
 *        tests/closing/
 * Rules: a closed journal is closed in the database (rule_term.sql, rule.sql);
 *        each closing and opening has an order and a reason
 * Source: FIN-03, FIN-06, FIN-08
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The name of the term to show. */
static const ej_field_t name[] = {{"name", EJ_LINE, .max = 40}, {0}};

/* List the classes with their journals of a term: ?name=, by default the last
 * that has begun.
 * Makes: <closing view="list" name= year= is_mine= done=><term/>… <class/>…
 * Errors: JE401 404 the school has no year */
ej_err_t *ej_closing_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, name));
    ej_node_t *closing = ej_page_row(c, "closing_head", p);
    ej_page_rows(c, closing, "closing_terms", p);
    ej_page_rows(c, closing, "closing_classes", p);
    return ej_page_done(c, closing, p);
}

/* Set the last day for the marks of a term, by an order; an empty day puts the
 * school's setting back in force.
 * Errors: JE101 422 no order, JE103 422 no day, JE210 409 changed meanwhile,
 *         JE401 404 no such term */
ej_err_t *ej_closing_due(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"term_id", EJ_ID, .is_required = 1},
        {"due_on", EJ_DAY, .old = 1},
        {"due_order", EJ_LINE, .max = 100, .old = 500},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "closing_due", p);
    return ej_page_see_other(c, "/closing?done=changed", p);
}

/* Show the journals of a class with what is missing in each: ?name= the term;
 * ?pick= ticks all of them or none, without it those that lack nothing.
 * Makes: <closing view="show" class_id= … pick= is_mine=><journal/>…
 * Errors: JE106 422; JE401 404 no such class, or no journals in that term */
ej_err_t *ej_closing_show(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"name", EJ_LINE, .max = 40},
        {"pick", EJ_CHOICE, .words = "all none"},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *closing = ej_page_row(c, "closing_class", p);
    ej_page_rows(c, closing, "closing_journals", p);
    return NULL;
}

/* Close or open journals of a class. Errors: JE101 422 no journal, order or
 * reason, or those of the closing; JE201 409 the year is closed; JE292 409
 * something is missing; JE401 404 no such journal */
ej_err_t *ej_closing_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"name", EJ_LINE, .max = 40},
        {"journal_id", EJ_ID, .rows = 100, .is_set = 1},
        {"action", EJ_CHOICE, .words = "close open", .is_required = 1},
        {"order_no", EJ_LINE, .max = 100, .is_required = 1},
        {"order_on", EJ_DAY, .is_required = 1},
        {"reason", EJ_LINE, .max = 500, .is_required = 1},
        {"is_incomplete", EJ_FLAG},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "closing_save", p);
    return ej_page_see_other(c, "/closing?done=changed", p);
}
