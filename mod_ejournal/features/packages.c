/* packages.c: the closed years of a school, sealed and packed for the archive.
 *
 * Rooms: sql/queries/packages.sql, sql/objects/packages.sql,
 *        xslt/packages.xsl, tests/packages/
 * Rules: from its order on a year is sealed (sql/objects/change.sql);
 *        ejournal-package makes the package, which never passes through a page
 * Source: ARC-07, FED-20, FED-22, FED-23
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the years with what is known of the package of each.
 * Makes: <packages is_mine= done=><year year= journals= state= …/>… */
ej_err_t *ej_packages_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *packages = ej_page_row(c, "packages_head", p);
    ej_page_rows(c, packages, "packages_years", p);
    return ej_page_done(c, packages, p);
}

/* Seal a year and order its package, by an order of the school.
 * Errors: JE101, JE102, JE103 422 the year or the order, JE298 409 the year is
 *         not over or has open journals, JE301 403 not yours to order */
static ej_err_t *order(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"order_no", EJ_LINE, .max = 40, .is_required = 1},
        {"order_on", EJ_DAY, .is_required = 1},
        {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "packages_order", p);
    return ej_page_see_other(c, "/packages?done=added", p);
}

/* Order the package of a year, or take the order back.
 * Errors: those of order; JE106 422, JE299 409 the package is being made or is
 *         there */
ej_err_t *ej_packages_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"step", EJ_CHOICE, .is_required = 1, .words = "order withdraw"},
        {"year", EJ_NUMBER, .min = 2000, .max = 2099, .is_required = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    if (ej_params_get(p, "step")[0] == 'o')
        return order(c, p);
    ej_page_outcomes(c, "packages_withdraw", p);
    return ej_page_see_other(c, "/packages?done=changed", p);
}
