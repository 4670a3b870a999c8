/* subjects.c: the subjects of a school: list, adding, changing, removing.
 *
 * Rooms: sql/queries/subjects.sql, xslt/subjects.xsl, tests/subjects/
 * Rules: a subject that is or was taught is not removed (its foreign keys)
 * Source: CFG-06
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The form. Errors: JE101 … JE105 422 a field is wrong, JE210 409 changed
 * meanwhile, JE211 409 the subject is taught, JE212 409 the name is taken */
const ej_field_t ej_subjects_fields[] = {
    {"name", EJ_LINE, .max = 100, .old = 500, .is_required = 1},
    {"short_name", EJ_LINE, .max = 30, .old = 500, .is_required = 1},
    {"order_no", EJ_NUMBER, .min = 0, .max = 999, .old = 1, .is_required = 1},
    {"is_pe", EJ_FLAG, .old = 1},
    {"is_removed", EJ_FLAG},
    {0}};
