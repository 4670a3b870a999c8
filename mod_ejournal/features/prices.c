/* prices.c: the price of a portion by meal, category and age, and what
 * of it parents pay.
 *
 * Rooms: sql/queries/prices.sql, xslt/prices.xsl, tests/prices/
 * Source: MOD-02
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The form, in roubles; meal, category and age are of a new one only. Errors:
 * JE101 … JE106, JE132 422 a field is wrong, JE252 422 days without a price,
 * JE210 409 changed meanwhile, JE212 409 there is a price on these days */
const ej_field_t ej_prices_fields[] = {
    {"meal_id", EJ_ID},
    {"meal_category_id", EJ_ID},
    {"age", EJ_CHOICE, .words = "7-11 12-18"},
    {"total", EJ_DECIMAL, .min = 0, .max = 9999, .digits = 2, .old = 20,
     .is_required = 1},
    {"by_parents", EJ_DECIMAL, .min = 0, .max = 9999, .digits = 2, .old = 20,
     .is_required = 1},
    {"from_on", EJ_DAY, .old = 1, .is_required = 1},
    {"till_on", EJ_DAY, .old = 1},
    {"is_removed", EJ_FLAG},
    {0}};
