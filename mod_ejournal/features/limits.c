/* limits.c: the limits that a school sets for the duties it controls: words of
 * a homework, days until marks, lessons without marks …
 *
 * Rooms: sql/queries/limits.sql, sql/objects/limits.sql, xslt/limits.xsl,
 *        tests/limits/
 * Rules: without a value the usual limit holds (ej.duties); director and
 *        deputies change the limits
 * Source: CTL-02, CTL-03, CTL-12, CTL-14; issue Control B.1
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show the limits, as a form if the reader is a director or deputy.
 * Makes: <limits view="list" is_mine= done=>
 *        <limit duty_key= usual= value=/>… */
ej_err_t *ej_limits_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *limits = ej_page_row(c, "limits_head", p);
    ej_page_rows(c, limits, "limits_rows", p);
    return ej_page_done(c, limits, p);
}

/* Save the limits that were changed.
 * Errors: JE102 422 a value outside of its bounds, JE106 422 no duty with a
 *         limit, JE210 409 a limit was changed meanwhile, JE301 403 the user is
 *         neither director nor deputy */
ej_err_t *ej_limits_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"duty_key", EJ_LINE, .max = 32, .rows = 20, .is_required = 1},
        {"value", EJ_NUMBER, .min = 0, .max = 1000, .rows = 20, .old = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "limits_save", p);
    return ej_page_see_other(c, "/limits?done=changed", p);
}
