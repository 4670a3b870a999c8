/* rooms.c: the rooms of a school: list, adding, changing, closing, removing.
 *
 * Rooms: sql/queries/rooms.sql, xslt/rooms.xsl, tests/rooms/
 * Rules: a room with lessons after its end is neither closed nor removed
 *        (sql/objects/rule_school.sql)
 * Source: CFG-07
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The form. Errors: JE101 … JE106 422 a field is wrong, JE210 409 changed
 * meanwhile, JE211 409 the room is used, JE212 409 the name is taken */
const ej_field_t ej_rooms_fields[] = {
    {"name", EJ_LINE, .max = 40, .old = 500, .is_required = 1},
    {"kind", EJ_CHOICE, .old = 1, .is_required = 1,
     .words = "class lab computer workshop gym hall library other"},
    {"capacity", EJ_NUMBER, .min = 1, .max = 2000, .old = 1},
    {"is_shared", EJ_FLAG, .old = 1},
    {"ended_on", EJ_DAY, .old = 1},
    {"reason", EJ_LINE, .max = 200, .old = 500},
    {"is_removed", EJ_FLAG},
    {0}};
