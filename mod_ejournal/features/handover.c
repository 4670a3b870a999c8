/* handover.c: which class teachers and teachers have handed in their report of
 * a term. ej_reports_hand makes the numbered copy.
 *
 * Rooms: sql/queries/handover.sql, sql/objects/handover.sql, xslt/handover.xsl,
 *        tests/handover/
 * Source: REP-01 … REP-04
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the reports of a term, ?name=, by default the last that has ended. The
 * heads see all of them, other readers their own.
 * Makes: <handover view="list" name= count= missing=><term/>… <line/>…
 * Errors: JE104 422 the name is too long */
ej_err_t *ej_handover_list(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"name", EJ_LINE, .max = 40}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *handover = ej_page_row(c, "handover_head", p);
    ej_page_rows(c, handover, "handover_terms", p);
    ej_page_rows(c, handover, "handover_lines", p);
    return NULL;
}
