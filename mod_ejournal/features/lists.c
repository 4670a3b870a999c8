/* lists.c: the lists that the schools of a region have in common, taken over
 * by a school in one action.
 *
 * Rooms: sql/queries/lists.sql, sql/objects/lists.sql (comparing, rules),
 *        xslt/lists.xsl, tests/lists/
 * Rules: a row that was taken over is not renamed, ended or removed; the school
 *        adds rows of its own. Taking over again brings what is new alone
 * Source: INT-04
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show what taking over would do, row by row.
 * Makes: <lists region_name= model_name= is_model= is_mine= seen= adds= binds=
 *        clashes= taken= done=><row list= name= state= from_on= till_on=/>… */
ej_err_t *ej_lists_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *lists = ej_page_row(c, "lists_head", p);
    ej_page_rows(c, lists, "lists_rows", p);
    return ej_page_done(c, lists, p);
}

/* Take over what the page has shown.
 * Errors: JE101, JE104 422 without what was shown, JE210 409 the lists have
 *         changed since, JE301 403 not yours to do, JE401 404 there are none */
ej_err_t *ej_lists_take(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"seen", EJ_LINE, .max = 32, .is_required = 1}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_once(c, "lists_take", p);
    return ej_page_see_other(c, "/lists?done=changed", p);
}
