/* terms.c: how a school year is divided: term plans (quarters, half-years,
 * trimesters, the year alone) of some grades, and their terms.
 *
 * Rooms: sql/queries/terms.sql, xslt/terms.xsl, tests/terms/
 * Rules: terms follow one another within the year (term_overlap,
 *        sql/objects/rule_calendar.sql); one with marks keeps their days and is
 *        not changed once its journals are closed (sql/objects/rule_school.sql)
 * Source: CFG-04, CFG-16, CFG-18
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

static const ej_field_t year[] = {{"year", EJ_NUMBER, .min = 2000, .max = 2099},
                                  {0}};

/* List the term plans of a school year: ?year=, by default the last.
 * Makes: <terms view="list" year= from_on= till_on= is_mine= done=>
 *        <plan …><term/>…</plan>…<choice/>… Errors: JE401 404 no such year */
ej_err_t *ej_terms_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, year));
    ej_node_t *terms = ej_page_row(c, "terms_head", p);
    ej_page_rows(c, terms, "terms_rows", p);
    ej_page_rows(c, terms, "terms_terms", p);
    ej_page_rows(c, terms, "terms_years", p);
    return ej_page_done(c, terms, p);
}

/* Show the form of one plan, with a row for each term of its kind.
 * Makes: <terms view="show" term_plan_id= name= kind= …><term ordinal= …/>…
 * Errors: JE401 404 no such plan, or not yours to change */
ej_err_t *ej_terms_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *term = ej_page_row(c, "terms_show", p);
    ej_page_rows(c, term, "terms_lines", p);
    return NULL;
}

/* Add a plan to a school year.
 * Errors: JE101 … JE106 422 a field is wrong, JE212 409 the name is taken */
ej_err_t *ej_terms_add(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"year", EJ_NUMBER, .min = 2000, .max = 2099, .is_required = 1},
        {"name", EJ_LINE, .max = 100, .old = 500, .is_required = 1},
        {"kind", EJ_CHOICE, .is_required = 1,
         .words = "quarter half trimester year"},
        {"grade_from", EJ_NUMBER, .min = 1, .max = 12, .is_required = 1},
        {"grade_till", EJ_NUMBER, .min = 1, .max = 12, .is_required = 1},
        {0}};
    return ej_page_save(c, fields, "terms_add", "/terms");
}

/* Change a plan and its terms, or remove it. A term without days is none.
 * Errors: JE101 … JE104, JE132 422 a field is wrong, JE171 422 outside of the
 *         year, JE271 422 a term begins before the one above has ended, JE201
 * 409 its journals are closed, JE207 409 marks stand outside the new days,
 *         JE210 409 changed meanwhile, JE211 409 the plan or term is used */
ej_err_t *ej_terms_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"name", EJ_LINE, .max = 100, .old = 500, .is_required = 1},
        {"grade_from", EJ_NUMBER, .min = 1, .max = 12, .old = 10,
         .is_required = 1},
        {"grade_till", EJ_NUMBER, .min = 1, .max = 12, .old = 10,
         .is_required = 1},
        {"is_removed", EJ_FLAG},
        {"year_name", EJ_LINE, .max = 40, .is_required = 1},
        {"term_name", EJ_LINE, .max = 40, .rows = 4, .old = 500},
        {"from_on", EJ_DAY, .rows = 4, .old = 1},
        {"till_on", EJ_DAY, .rows = 4, .old = 1},
        {0}};
    return ej_page_save(c, fields, "terms_save", "/terms");
}
