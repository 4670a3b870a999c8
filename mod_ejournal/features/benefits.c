/* benefits.c: the categories by which pupils are fed: free in
 * grades 1 to 4, paid, and the benefits that a document gives.
 *
 * Rooms: sql/queries/benefits.sql, xslt/benefits.xsl, tests/benefits/
 * Source: MOD-02
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The form; the kind is of a new one only. Errors: JE101 … JE106 422 a field is
 * wrong, JE210 409 changed meanwhile, JE212 409 there is
 * such a category, or one of this kind */
const ej_field_t ej_benefits_fields[] = {
    {"kind", EJ_CHOICE, .words = "free paid benefit"},
    {"name", EJ_LINE, .max = 100, .old = 500, .is_required = 1},
    {"ground", EJ_LINE, .max = 300, .old = 500},
    {"ended_on", EJ_DAY, .old = 1},
    {0}};
