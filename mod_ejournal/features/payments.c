/* payments.c: what families have paid for meals: by hand, or from the
 * bank's file (imports.c).
 *
 * Rooms: sql/queries/payments.sql, xslt/payments.xsl, tests/payments/
 * Source: MOD-02
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The form, in roubles: a negative amount was paid back; the pupil is of a new
 * one only. Errors: JE101 … JE104 422 a field is wrong, JE247 422 a coming day,
 * JE251 409 the month is closed, JE210 409 changed meanwhile, JE212 409 the
 * pupil has this document already */
const ej_field_t ej_payments_fields[] = {
    {"pupil_id", EJ_ID},
    {"paid_on", EJ_DAY, .old = 1, .is_required = 1},
    {"amount", EJ_DECIMAL, .min = -100000, .max = 100000, .digits = 2,
     .old = 20, .is_required = 1},
    {"document", EJ_LINE, .max = 80, .old = 500, .is_required = 1},
    {"reason", EJ_LINE, .max = 200, .old = 500},
    {"is_removed", EJ_FLAG},
    {0}};
