/* years.c: the school years: what each has, what is wrong with its calendar,
 * and the next one, opened by one action.
 *
 * Rooms: sql/queries/years.sql, xslt/years.xsl, tests/years/
 * Rules: the next year is made from the last (sql/objects/years.sql); its
 *        partitions are made by a background job (core/job/kinds.c)
 * Source: CFG-04, CFG-05, CFG-16
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

static const ej_field_t year[] = {{"year", EJ_NUMBER, .min = 2000, .max = 2099},
                                  {0}};
static const ej_field_t days[] = {
    {"from_on", EJ_DAY, .old = 1, .is_required = 1},
    {"till_on", EJ_DAY, .old = 1, .is_required = 1},
    {0}};

/* List the years; ?year= the one whose calendar is checked, by default the
 * last.
 * Makes: <years view="list" year= next= can_open= done=><year/>…<fault/>…
 * Errors: JE401 404 no such year */
ej_err_t *ej_years_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, year));
    ej_node_t *years = ej_page_row(c, "years_head", p);
    ej_page_rows(c, years, "years_rows", p);
    ej_page_rows(c, years, "years_faults", p);
    return ej_page_done(c, years, p);
}

/* Open the next year, or make again what is missing of the last.
 * Errors: JE101, JE102 422 not the next year, JE215 409 three orders wait,
 *         JE272 409 more than a year ahead, JE301 403 not yours to do */
ej_err_t *ej_years_open(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"year", EJ_NUMBER, .min = 2000, .max = 2099, .is_required = 1}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "years_open", p);
    return ej_page_see_other(c, "/years?done=added", p);
}

/* Show the form of the first and the last day of ?year=, by default the last
 * year; refused, with what would fall outside.
 * Makes: <years view="bounds" year= from_on= till_on=><outside/>…
 * Errors: JE401 404 no such year, or not yours to change */
ej_err_t *ej_years_bounds(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, year));
    ej_page_view(c, "bounds");
    ej_node_t *years = ej_page_row(c, "years_bounds", p);
    if (ej_page_refused(c)) {
        ej_form_read(p, days); /* wrong ones are shown as typed */
        ej_page_rows(c, years, "years_outside", p);
    }
    return NULL;
}

/* Change the first and the last day of a year.
 * Errors: JE101, JE103, JE106, JE132 422 the days, JE171 422 terms or holidays
 *         would be outside, JE207 409 lessons would, JE210 409 changed
 *         meanwhile, JE212 409 days of another year */
ej_err_t *ej_years_move(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"year", EJ_NUMBER, .min = 2000, .max = 2099, .is_required = 1}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    EJ_TRY(ej_form_read(p, days));
    ej_page_outcomes(c, "years_move", p);
    return ej_page_see_other(c, "/years?year={year}&done=changed", p);
}
