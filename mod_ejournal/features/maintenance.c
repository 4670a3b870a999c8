/* maintenance.c: the hours in which the journal is closed for maintenance of
 * the server, told a day before.
 *
 * Rooms: sql/queries/maintenance.sql, xslt/maintenance.xsl, tests/maintenance/
 * Rules: of one day; two do not overlap (maintenance_overlap); who is let in
 *        meanwhile: core/auth/identity.c
 * Source: AVL-02, AVL-03
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The form. Errors: JE101 … JE106 422 a field is wrong, JE102 422 ends: it is
 * not after starts, JE210 409 changed meanwhile, JE212 409 the hours overlap */
const ej_field_t ej_maintenance_fields[] = {
    {"held_on", EJ_DAY, .old = 1, .is_required = 1},
    {"starts", EJ_TIME, .old = 1, .is_required = 1},
    {"ends", EJ_TIME, .old = 1, .is_required = 1},
    {"words", EJ_LINE, .max = 200, .old = 500},
    {"is_removed", EJ_FLAG},
    {0}};
