/* roles.c: roles that are given by order, from a day to a day.
 *
 * Rooms: sql/queries/roles.sql, xslt/roles.xsl, tests/roles/
 * Rules: holder, role and number of the order never change: a wrong role is
 *        ended, and another is given; one that somebody gives to himself does
 *        not count before another head confirms it; nobody prolongs the own
 *        one (sql/objects/rule_given.sql)
 * Source: ACC-02 … ACC-04
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the roles: ?find=, ?sort=staff_id, role or order_on, ?page=. The
 * administrator gets the form of a new one.
 * Makes: <roles view="list" count= … ><role/>…<choice/>… */
ej_err_t *ej_roles_list(ej_ctx_t *c)
{
    return ej_record_list(c);
}

/* Show the form of one role. Makes: <roles view="show" role_id= …>
 * Errors: JE401 404 no such role, or not yours to change */
ej_err_t *ej_roles_show(ej_ctx_t *c)
{
    ej_page_row(c, "roles_show", ej_page_params(c));
    return NULL;
}

/* Read the days of a role and save it. */
static ej_err_t *save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"order_on", EJ_DAY, .old = 1, .is_required = 1},
        {"from_on", EJ_DAY, .old = 1, .is_required = 1},
        {"till_on", EJ_DAY, .old = 1},
        {0}};
    return ej_page_save(c, fields, "roles_save", "/roles");
}

/* Give a role. Errors: JE101 … JE106 422 a field is wrong, JE132 422 it ends
 * before it begins, JE212 409 the person has this role by the same order */
ej_err_t *ej_roles_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"staff_id", EJ_ID, .is_required = 1},
        {"role", EJ_CHOICE, .is_required = 1,
         .words = "administrator director deputy hr meals archivist"},
        {"order_no", EJ_LINE, .max = 40, .is_required = 1},
        {0}};
    ej_err_t *bad = ej_form_read(ej_page_params(c), fields);
    ej_err_t *also =
        save(c); /* reads the other fields; all bad ones are told */
    return also ? also : bad;
}

/* Change the days of a role; its last day ends it. Errors: as above, JE210 409
 * changed meanwhile, JE301 403 nobody prolongs the own role */
ej_err_t *ej_roles_change(ej_ctx_t *c)
{
    return save(c);
}
