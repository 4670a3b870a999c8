/* kitchen.c: what the kitchen cooks on a day: portions by meal, category, age and
 * class, frozen at the cutoff, and what changed afterwards. Without names.
 *
 * Rooms: sql/queries/kitchen.sql, xslt/kitchen.xsl, xslt/print/kitchen.xsl,
 *        tests/kitchen/
 * Source: MOD-02; the head of the form 0504202 (order of the Ministry of Finance
 *         of 30.03.2015 No. 52n)
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show the day. Makes: <kitchen day_on= …><meal><group/>…<count/>…<change/>…
 * Errors: JE401 404 no organiser, director or deputy */
ej_err_t *ej_kitchen_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *kitchen = ej_page_row(c, "kitchen_print_head", p);
    ej_page_rows(c, kitchen, "kitchen_meals", p);
    ej_page_rows(c, kitchen, "kitchen_groups", p);
    ej_page_rows(c, kitchen, "kitchen_counts", p);
    ej_page_rows(c, kitchen, "kitchen_changes", p);
    return NULL;
}
