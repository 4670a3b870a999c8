/* grading.c: which grading system a new teaching gets: list of rules, adding,
 * changing, removing.
 *
 * Rooms: sql/queries/grading.sql, sql/objects/grading.sql, xslt/grading.xsl,
 *        tests/grading/
 * Rules: the most specific rule counts (ej.scales_for); a rule says nothing
 *        about teachings that are there already
 * Source: CFG-17
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The form. Errors: JE101 JE102 422 a field is wrong, JE210 409 changed
 * meanwhile, JE212 409 there is such a rule */
const ej_field_t ej_grading_fields[] = {
    {"scale_id", EJ_ID, .old = 1, .is_required = 1},
    {"term_scale_id", EJ_ID, .old = 1, .is_required = 1},
    {"subject_id", EJ_ID, .old = 1},
    {"grade_from", EJ_NUMBER, .min = 1, .max = 12, .old = 1},
    {"grade_till", EJ_NUMBER, .min = 1, .max = 12, .old = 1},
    {"class_id", EJ_ID, .old = 1},
    {"is_removed", EJ_FLAG},
    {0}};
