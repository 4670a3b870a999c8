/* receivers.c: the other systems to which the school sends documents.
 *
 * Rooms: sql/queries/receivers.sql, xslt/receivers.xsl, tests/receivers/
 * Rules: the administrator keeps the list, the heads read it; kinds, hosts and
 *        folders are the server's (conf/ejournal.conf)
 * Source: INT-01, FED-06, FED-42
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The form. Errors: JE101 … JE106 422 a field is wrong, JE102 422 the address
 * is none of this transport, JE210 409 changed meanwhile, JE212 409 the name
 * is taken */
const ej_field_t ej_receivers_fields[] = {
    {"name", EJ_LINE, .max = 100, .old = 500, .is_required = 1},
    {"kind", EJ_LINE, .max = 32, .old = 100, .is_required = 1},
    {"transport", EJ_CHOICE, .old = 1, .is_required = 1, .words = "file https"},
    {"address", EJ_LINE, .max = 200, .old = 500, .is_required = 1},
    {"schedule", EJ_CHOICE, .old = 1, .is_required = 1,
     .words = "none day week month"},
    {"is_closed", EJ_FLAG, .old = 1},
    {0}};
