/* modes.c: the working modes of a school: who has which bells, and when; shifts
 * and shortened days.
 *
 * Rooms: sql/queries/modes.sql, xslt/modes.xsl, tests/modes/
 * Rules: one grade or group has one plan at a time (mode_overlap); special days
 *        and a group's own plan go first (ej.bell_plan_on)
 * Source: CFG-13
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The form. Errors: JE101 … JE103, JE132 422 a field is wrong, JE210 409
 * changed meanwhile, JE212 409 the grade or group has other bells in these days
 */
const ej_field_t ej_modes_fields[] = {
    {"bell_plan_id", EJ_ID, .old = 1, .is_required = 1},
    {"grade_from", EJ_NUMBER, .min = 1, .max = 12, .old = 10, .is_required = 1},
    {"grade_till", EJ_NUMBER, .min = 1, .max = 12, .old = 10, .is_required = 1},
    {"study_group_id", EJ_ID, .old = 1},
    {"is_special", EJ_FLAG, .old = 1},
    {"from_on", EJ_DAY, .old = 1, .is_required = 1},
    {"till_on", EJ_DAY, .old = 1},
    {"is_removed", EJ_FLAG},
    {0}};
