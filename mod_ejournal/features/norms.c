/* norms.c: the most hours a week of each grade, its weeks of study, and the
 * most minutes of homework for a day.
 *
 * Rooms: sql/queries/norms.sql, xslt/norms.xsl, tests/norms/
 * Source: CFG-14; a school begins with the figures of sql/setup.sql
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The form. Errors: JE101, JE102 422 a field is wrong, JE210 409 changed
 * meanwhile, JE212 409 the grade has one */
const ej_field_t ej_norms_fields[] = {
    {"grade", EJ_NUMBER, .min = 1, .max = 12, .old = 1, .is_required = 1},
    {"hours_5", EJ_DECIMAL, .min = 1, .max = 60, .digits = 1, .old = 10},
    {"hours_6", EJ_DECIMAL, .min = 1, .max = 60, .digits = 1, .old = 10},
    {"weeks", EJ_NUMBER, .min = 1, .max = 53, .old = 1, .is_required = 1},
    {"homework_min", EJ_NUMBER, .min = 1, .max = 600, .old = 1},
    {"is_removed", EJ_FLAG},
    {0}};
