/* automation.c: the processes of the deputy's duties that the journal does,
 * each with its present count and a link to the page that does it.
 *
 * Rooms: sql/queries/automation.sql, sql/objects/automation.sql,
 *        xslt/automation.xsl, tests/automation/
 * Rules: a regional observer reads these numbers and no person's row
 * Source: CTL-15; S4, clauses 6 and 16
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show the numbers of the present school year.
 * Makes: <automation school_name= today_on=><process clause= code= things=
 *        part=/>… */
ej_err_t *ej_automation_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *automation = ej_page_row(c, "automation_head", p);
    ej_page_rows(c, automation, "automation_counts", p);
    return NULL;
}
