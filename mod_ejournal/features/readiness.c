/* readiness.c: what is still missing for the new school year.
 *
 * Rooms: sql/queries/readiness.sql, xslt/readiness.xsl, tests/readiness/
 * Source: CFG-01, CFG-02, CFG-03
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show three checklists, each line counted from the data, and whether letters
 * reach the families.
 * Makes: <readiness year= school_name= today_on= has_relay=>
 *          <line due_on= code= things= missing= is_done= is_late=/>…
 *          <letters pupils= reached= paper=/>
 * Errors: JE401 404 the school has no year to prepare */
ej_err_t *ej_readiness_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *readiness = ej_page_row(c, "readiness_head", p);
    ej_page_set(c, readiness, "has_relay", ej_page_can_mail(c) ? "1" : NULL);
    ej_page_rows(c, readiness, "readiness_lines", p);
    ej_page_rows(c, readiness, "readiness_letters", p);
    return NULL;
}
