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

/* List the years with what is known of the package of each,
 * and the batches of paper.
 * Makes: <packages is_mine= done=><year year= journals= state= …/>…
 *        <deposit deposit_id= year= act_no= …/>… */
ej_err_t *ej_packages_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *packages = ej_page_row(c, "packages_head", p);
    ej_page_rows(c, packages, "packages_years", p);
    ej_page_rows(c, packages, "packages_signatures", p);
    ej_page_rows(c, packages, "packages_deposits", p);
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

/* Take the order of a year back. Errors: JE102 422, JE299 409 the package is
 * being made or is there, JE301 403 */
static ej_err_t *withdraw(ej_ctx_t *c, ej_params_t *p)
{
    ej_page_outcomes(c, "packages_withdraw", p);
    return ej_page_see_other(c, "/packages?done=removed", p);
}

/* Enter that a batch of paper was handed over to the archive.
 * Errors: JE101 … JE104 422 a field is wrong, JE212 409 the act is there,
 *         JE301 403. Source: ARC-05 */
static ej_err_t *deposit(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"deposit_year", EJ_NUMBER, .min = 2000, .max = 2099, .is_required = 1},
        {"deposit_no", EJ_LINE, .max = 40, .is_required = 1},
        {"deposit_on", EJ_DAY, .is_required = 1},
        {"what", EJ_LINE, .max = 200, .is_required = 1},
        {"taken_by", EJ_LINE, .max = 100, .is_required = 1},
        {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "packages_deposit", p);
    return ej_page_see_other(c, "/packages?done=changed", p);
}

/* Take out a batch that was entered by mistake. Errors: JE102 422, JE301 403 */
static ej_err_t *take_out(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"deposit_id", EJ_ID, .is_required = 1}, {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "packages_remove", p);
    return ej_page_see_other(c, "/packages?done=changed", p);
}

/* Keep the signature of a package's manifest, which ejournal-package checks.
 * Errors: JE101 422 no file, JE102 422 no package of the year, JE130, JE131 422
 *         no signature, JE301 403. Source: FED-23 */
static ej_err_t *sign(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"signed_year", EJ_NUMBER, .min = 2000, .max = 2099, .is_required = 1},
        {0}};
    const ej_file_t *file;
    const char *data;
    EJ_TRY(ej_form_read(p, fields));
    EJ_TRY(ej_page_file(&file, c, "file"));
    EJ_TRY(ej_in_bytea(&data, ej_page_pool(c), file));
    ej_params_set(p, "data", data);
    ej_page_outcomes(c, "packages_sign", p);
    return ej_page_see_other(c, "/packages?done=changed", p);
}

/* Order the package of a year or take the order back; enter a batch of paper
 * or take it out; keep a signature; by the field step.
 * Errors: those of the steps; JE106 422 no such step */
ej_err_t *ej_packages_save(ej_ctx_t *c)
{
    static const ej_field_t step[] = {
        {"step", EJ_CHOICE, .is_required = 1,
         .words = "order withdraw deposit remove sign"},
        {0}};
    static const ej_field_t year[] = {
        {"year", EJ_NUMBER, .min = 2000, .max = 2099, .is_required = 1}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, step));
    switch (ej_params_get(p, "step")[0]) {
    case 'd':
        return deposit(c, p);
    case 's':
        return sign(c, p);
    case 'r':
        return take_out(c, p);
    case 'o':
        EJ_TRY(ej_form_read(p, year));
        return order(c, p);
    default:
        EJ_TRY(ej_form_read(p, year));
        return withdraw(c, p);
    }
}
