/* reach.c: how many families of the school agree, have addresses, and see the
 * diary; how many accidents were reported: numbers alone.
 *
 * Rooms: sql/queries/reach.sql, sql/objects/reach.sql, xslt/reach.xsl,
 *        tests/reach/
 * Rules: a regional observer reads these numbers and no person's row
 * Source: LEG-02, DIA-12, MSG-06
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show the numbers of today.
 * Makes: <reach school_name= today_on=><count theme= code= name= things= part=
 *        other=/>… */
ej_err_t *ej_reach_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *reach = ej_page_row(c, "reach_head", p);
    ej_page_rows(c, reach, "reach_counts", p);
    return NULL;
}
