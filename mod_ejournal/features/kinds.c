/* kinds.c: the kinds of work for which marks are given: list, adding, changing,
 * removing.
 *
 * Rooms: sql/queries/kinds.sql, xslt/kinds.xsl, tests/kinds/
 * Rules: a kind that has works is not removed (its foreign keys), but retired
 * Source: CFG-17, MRK-02
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The form. Errors: JE101 … JE105 422 a field is wrong, JE210 409 changed
 * meanwhile, JE211 409 it has works, JE212 409 the name is taken */
const ej_field_t ej_kinds_fields[] = {
    {"name", EJ_LINE, .max = 60, .old = 500, .is_required = 1},
    {"short_name", EJ_LINE, .max = 10, .old = 500, .is_required = 1},
    {"weight_pct", EJ_NUMBER, .min = 0, .max = 1000, .old = 1,
     .is_required = 1},
    {"order_no", EJ_NUMBER, .min = 0, .max = 999, .old = 1, .is_required = 1},
    {"is_control", EJ_FLAG, .old = 1},
    {"is_required", EJ_FLAG, .old = 1},
    {"is_active", EJ_FLAG, .old = 1},
    {"is_removed", EJ_FLAG},
    {0}};
