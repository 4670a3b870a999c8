/* servings.c: the meals that a school serves: when, until when they are ordered
 * and taken back.
 *
 * Rooms: sql/queries/servings.sql, xslt/servings.xsl, tests/servings/
 * Source: MOD-02
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The form; cutoff_days are school days. Errors: JE101 … JE104, JE129 422 a
 * field is wrong, JE210 409 changed meanwhile, JE212
 * 409 there is such a meal */
const ej_field_t ej_servings_fields[] = {
    {"name", EJ_LINE, .max = 40, .old = 500, .is_required = 1},
    {"serves_at", EJ_TIME, .old = 1, .is_required = 1},
    {"cutoff_days", EJ_NUMBER, .min = 0, .max = 5, .old = 1, .is_required = 1},
    {"cutoff_at", EJ_TIME, .old = 1, .is_required = 1},
    {"withdraw_until", EJ_TIME, .old = 1, .is_required = 1},
    {"ended_on", EJ_DAY, .old = 1},
    {0}};
