/* settings.c: the settings of a school.
 *
 * Rooms: sql/queries/settings.sql, xslt/settings.xsl, tests/settings/
 * Rules: only what was changed in the form is written, and only where nobody
 *        else changed it since; sql/objects/settings.sql
 * Source: CFG-12, FIN-07, JRN-08, requirements 1.X. A new setting: a column of
 * ej.school, a row here, a row in settings.xsl, a name in two queries and in
 * ej.settings_save().
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show the settings of the school in which the reader works, and their changes.
 * Makes: <settings name= short_name= … can_write= is_saved=><change/>… */
ej_err_t *ej_settings_show(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"is_saved", EJ_FLAG}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *settings = ej_page_row(c, "settings_head", p);
    ej_page_rows(c, settings, "settings_changes", p);
    return NULL;
}

/* The settings that heads change. */
static const ej_field_t fields[] = {
    {"name", EJ_LINE, .max = 300, .is_required = 1, .old = 500},
    {"short_name", EJ_LINE, .max = 60, .is_required = 1, .old = 500},
    {"founder", EJ_LINE, .max = 300, .old = 500},
    {"city", EJ_LINE, .max = 100, .old = 500},
    {"address", EJ_LINE, .max = 300, .old = 500},
    {"director", EJ_LINE, .max = 100, .old = 500},
    {"okpo", EJ_LINE, .max = 10, .old = 500},
    {"phone", EJ_LINE, .max = 100, .old = 500},
    {"email", EJ_LINE, .max = 100, .old = 500},
    {"support_hours", EJ_LINE, .max = 100, .old = 500},
    {"public_page", EJ_CHOICE, .words = "shown hidden", .is_required = 1,
     .old = 10},
    {"unmarked_grades", EJ_NUMBER, .min = 1, .max = 11, .rows = 11,
     .is_set = 1},
    {"old_unmarked_grades", EJ_LINE, .max = 40},
    {"fill_days", EJ_NUMBER, .min = 0, .max = 14, .is_required = 1, .old = 10},
    {"correction_hours", EJ_NUMBER, .min = 0, .max = 720, .is_required = 1,
     .old = 10},
    {"lock_days", EJ_NUMBER, .min = 0, .max = 365, .is_required = 1, .old = 10},
    {"missed_day", EJ_NUMBER, .min = 0, .max = 8, .is_required = 1, .old = 10},
    {"missed_month_pct", EJ_NUMBER, .min = 0, .max = 100, .is_required = 1,
     .old = 10},
    {"controls_day", EJ_NUMBER, .min = 0, .max = 9, .is_required = 1,
     .old = 10},
    {"controls_week", EJ_NUMBER, .min = 0, .max = 30, .is_required = 1,
     .old = 10},
    {"min_marks", EJ_NUMBER, .min = 0, .max = 20, .is_required = 1, .old = 10},
    {"min_marks_hour", EJ_NUMBER, .min = 0, .max = 5, .is_required = 1,
     .old = 10},
    {"outside_counts", EJ_CHOICE, .words = "counted shown", .is_required = 1,
     .old = 10},
    {"forecast_shown", EJ_CHOICE, .words = "hidden shown", .is_required = 1,
     .old = 10},
    {"year_half", EJ_CHOICE, .words = "up last", .is_required = 1, .old = 10},
    {"final_grades", EJ_NUMBER, .min = 1, .max = 11, .rows = 11, .is_set = 1},
    {"old_final_grades", EJ_LINE, .max = 40},
    {"final_half", EJ_CHOICE, .words = "up year exam", .is_required = 1,
     .old = 10},
    {"finals_due", EJ_CHOICE, .words = "two_days last_day order",
     .is_required = 1, .old = 10},
    {"round_from_pct", EJ_CHOICE, .words = "50 60 70", .is_required = 1,
     .old = 10},
    {"retake_counts", EJ_CHOICE, .words = "last best mean", .is_required = 1,
     .old = 10},
    {"receipt_ways", EJ_CHOICE, .rows = 3, .is_set = 1,
     .words = "tap read strip"},
    {"old_receipt_ways", EJ_LINE, .max = 40},
    {"receipt_by", EJ_CHOICE, .words = "one each", .is_required = 1, .old = 10},
    {"receipt_opens", EJ_CHOICE, .words = "1 2 3 4 5 6 7", .is_required = 1,
     .old = 10},
    {"receipt_days", EJ_NUMBER, .min = 1, .max = 60, .is_required = 1,
     .old = 10},
    {"informing_days", EJ_NUMBER, .min = 1, .max = 60, .is_required = 1,
     .old = 10},
    {"informing_paper_days", EJ_NUMBER, .min = 1, .max = 60, .is_required = 1,
     .old = 10},
    {"letters_day", EJ_NUMBER, .min = 0, .max = 1000, .is_required = 1,
     .old = 10},
    {"letters_hour", EJ_NUMBER, .min = 0, .max = 100000, .is_required = 1,
     .old = 10},
    {"sms_day", EJ_NUMBER, .min = 0, .max = 100, .is_required = 1, .old = 10},
    {"sms_month", EJ_NUMBER, .min = 0, .max = 1000000, .is_required = 1,
     .old = 10},
    {"modules", EJ_CHOICE, .rows = 3, .is_set = 1, .words = "gto meals events"},
    {"old_modules", EJ_LINE, .max = 40},
    {"gto_caption", EJ_CHOICE, .words = "gtzo gto", .is_required = 1,
     .old = 10},
    {0}};

/* Those that only an administrator changes. */
static const ej_field_t safety[] = {
    {"factor_roles", EJ_CHOICE, .rows = 8, .is_set = 1,
     .words = "administrator director deputy hr meals archivist "
              "class_teacher teacher"},
    {"old_factor_roles", EJ_LINE, .max = 100},
    {"factor_days", EJ_NUMBER, .min = 0, .max = 30, .is_required = 1,
     .old = 10},
    {"view_months", EJ_NUMBER, .min = 12, .max = 120, .is_required = 1,
     .old = 10},
    {0}};

/* Save the settings.
 * Errors: JE101 422 a name is empty, JE102 422 no such number, JE106 422 no
 * such choice, JE210 409 changed meanwhile, JE211 409 the grade has marks,
 *         JE301 403 not yours to change, JE350 403 the second factor is wanted
 *         again */
ej_err_t *ej_settings_save(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_err_t *bad = ej_form_read(p, fields);
    if (ej_page_roles(c) & EJ_ADMINISTRATOR) /* all bad ones are told */
        bad = ej_form_read(p, safety);
    EJ_TRY(bad);
    ej_page_outcomes(c, "settings_save", p);
    return ej_page_see_other(c, "/settings?is_saved=1", p);
}
