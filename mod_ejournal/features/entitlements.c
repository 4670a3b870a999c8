/* entitlements.c: the documents by which pupils are fed at a benefit;
 * printed, the register of beneficiaries.
 *
 * Rooms: sql/queries/entitlements.sql, xslt/entitlements.xsl, tests/entitlements/
 * Source: MOD-02
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the documents, 60 a page; printed, the register of those in force.
 * Makes: <entitlements view="list" …><entitlement/>…<choice/>… */
ej_err_t *ej_entitlements_list(ej_ctx_t *c)
{
    if (!ej_page_is_print(c))
        return ej_record_list(c);
    ej_params_t *p = ej_page_params(c);
    ej_node_t *entitlements = ej_page_row(c, "entitlements_print_head", p);
    ej_page_rows(c, entitlements, "entitlements_print_rows", p);
    return NULL;
}

/* Show the form of a document. Makes: <entitlements view="show" …><choice/>…
 * Errors: JE401 404 no such document, or not yours to change */
ej_err_t *ej_entitlements_show(ej_ctx_t *c)
{
    return ej_record_show(c);
}

/* Add, change or remove a document; the pupil is of a new one only. Errors: JE101 …
 * JE106, JE132 422 a field is wrong, JE210 409 changed meanwhile, JE212 409 the
 * pupil has a document on these days */
ej_err_t *ej_entitlements_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"pupil_id", EJ_ID},
        {"meal_category_id", EJ_ID, .old = 1, .is_required = 1},
        {"document", EJ_LINE, .max = 200, .old = 500, .is_required = 1},
        {"from_on", EJ_DAY, .old = 1, .is_required = 1},
        {"till_on", EJ_DAY, .old = 1},
        {"reason", EJ_LINE, .max = 200, .old = 500},
        {"is_removed", EJ_FLAG},
        {0}};
    return ej_page_save(c, fields, "entitlements_save", "/meals/entitlements");
}
