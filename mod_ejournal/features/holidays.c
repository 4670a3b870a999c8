/* holidays.c: the holidays of a school year, with their kinds.
 *
 * Rooms: sql/queries/holidays.sql, xslt/holidays.xsl, tests/holidays/
 * Rules: a holiday is within its school year (sql/objects/rule_calendar.sql);
 *        two holidays of pupils do not overlap (holiday_overlap)
 * Source: CFG-05
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The form. Errors: JE101 … JE106, JE132 422 a field is wrong, JE171 422
 * outside of all school years, JE210 409 changed meanwhile, JE212 409 holidays
 * overlap */
const ej_field_t ej_holidays_fields[] = {
    {"name", EJ_LINE, .max = 100, .old = 500, .is_required = 1},
    {"kind", EJ_CHOICE, .old = 1, .is_required = 1,
     .words = "autumn winter extra spring summer public other"},
    {"from_on", EJ_DAY, .old = 1, .is_required = 1},
    {"till_on", EJ_DAY, .old = 1, .is_required = 1},
    {"is_removed", EJ_FLAG},
    {0}};
