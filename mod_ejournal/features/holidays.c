/* holidays.c: the holidays of a school year, with their kinds.
 *
 * Rooms: sql/queries/holidays.sql, xslt/holidays.xsl, tests/holidays/
 * Rules: a holiday is within its school year (sql/objects/rule_calendar.sql);
 *        two holidays of pupils do not overlap (holiday_overlap)
 * Source: CFG-05
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

static const ej_field_t year[] = {{"year", EJ_NUMBER, .min = 2000, .max = 2099},
                                  {0}};

/* List the holidays of a school year: ?year=, by default the last.
 * Makes: <holidays view="list" year= from_on= till_on= count= is_mine=
 *        done=><holiday/>…<choice/>… Errors: JE401 404 no such year */
ej_err_t *ej_holidays_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, year));
    ej_node_t *holidays = ej_page_row(c, "holidays_head", p);
    ej_page_rows(c, holidays, "holidays_rows", p);
    ej_page_rows(c, holidays, "holidays_years", p);
    return ej_page_done(c, holidays, p);
}

/* Show the form of one holiday. Makes: <holidays view="show" holiday_id= …>
 * Errors: JE401 404 no such holiday, or not yours to change */
ej_err_t *ej_holidays_show(ej_ctx_t *c)
{
    ej_page_row(c, "holidays_show", ej_page_params(c));
    return NULL;
}

/* Add, change or remove a holiday.
 * Errors: JE101 … JE106, JE132 422 a field is wrong, JE171 422 outside of all
 *         school years, JE210 409 changed meanwhile, JE212 409 holidays overlap
 */
ej_err_t *ej_holidays_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"name", EJ_LINE, .max = 100, .old = 500, .is_required = 1},
        {"kind", EJ_CHOICE, .old = 1, .is_required = 1,
         .words = "autumn winter extra spring summer public other"},
        {"from_on", EJ_DAY, .old = 1, .is_required = 1},
        {"till_on", EJ_DAY, .old = 1, .is_required = 1},
        {"is_removed", EJ_FLAG},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "holidays_save", p);
    return ej_page_saved(c, "/holidays", p);
}
