/* events.c: events of a class or of the whole school.
 *
 * Rooms: sql/queries/events.sql, sql/objects/events.sql, xslt/events.xsl,
 *        tests/events/
 * Rules: the heads enter all, the class teacher those of the class, a teacher
 *        new ones of classes taught (sql/objects/rights_events.sql); the
 *        diary has them (diary.c)
 * Source: DIA-03
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The form; without class_id of the whole school, without till_on of one day.
 * Errors: JE101 … JE105, JE129, JE132 422 a field is wrong, JE301 403 the whole
 * school by others than the heads, or not your class, JE210 409 changed
 * meanwhile */
const ej_field_t ej_events_fields[] = {
    {"title", EJ_LINE, .max = 200, .old = 500, .is_required = 1},
    {"class_id", EJ_ID}, /* of a new one */
    {"from_on", EJ_DAY, .old = 1, .is_required = 1},
    {"till_on", EJ_DAY, .old = 1},
    {"starts", EJ_TIME, .old = 1},
    {"ends", EJ_TIME, .old = 1},
    {"place", EJ_LINE, .max = 200, .old = 500},
    {"note", EJ_PROSE, .max = 1000, .old = 2000},
    {"is_removed", EJ_FLAG},
    {0}};
