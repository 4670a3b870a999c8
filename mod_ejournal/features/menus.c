/* menus.c: what is served, as families read it.
 *
 * Rooms: sql/queries/menus.sql, xslt/menus.xsl, tests/menus/
 * Source: MOD-02
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The form; the meal is of a new one only. Errors: JE101 … JE105 422 a field is
 * wrong, JE210 409 changed meanwhile, JE212 409 there is a menu of this meal
 * and day */
const ej_field_t ej_menus_fields[] = {
    {"meal_id", EJ_ID},
    {"served_on", EJ_DAY, .old = 1, .is_required = 1},
    {"note", EJ_PROSE, .max = 1000, .old = 2000, .is_required = 1},
    {"is_removed", EJ_FLAG},
    {0}};
