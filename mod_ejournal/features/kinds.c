/* kinds.c: the kinds of work for which marks are given: list, adding, changing,
 * removing.
 *
 * Rooms: sql/queries/kinds.sql, xslt/kinds.xsl, tests/kinds/
 * Rules: a kind that has works is not removed (its foreign keys), but retired
 * Source: CFG-17, MRK-02
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the kinds of work: ?find=, ?sort=order_no or name, ?page=.
 * Makes: <kinds view="list" count= page= pages= find= sort= is_mine=
 *        done=><kind/>… Errors: JE106 422 no such order */
ej_err_t *ej_kinds_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_page_list(c, "kinds_head", "kinds_rows", p));
    return ej_page_done(c, ej_page_node(c), p);
}

/* Show the form of one kind of work.
 * Makes: <kinds view="show" kind_id= name= …>
 * Errors: JE401 404 no such kind, or not yours to change */
ej_err_t *ej_kinds_show(ej_ctx_t *c)
{
    ej_page_row(c, "kinds_show", ej_page_params(c));
    return NULL;
}

/* Add a kind of work (without kind_id), change it or remove it.
 * Errors: JE101 … JE105 422 a field is wrong, JE210 409 changed meanwhile,
 *         JE211 409 it has works, JE212 409 the name is taken */
ej_err_t *ej_kinds_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"name", EJ_LINE, .max = 60, .old = 500, .is_required = 1},
        {"short_name", EJ_LINE, .max = 10, .old = 500, .is_required = 1},
        {"weight_pct", EJ_NUMBER, .min = 0, .max = 1000, .old = 1,
         .is_required = 1},
        {"order_no", EJ_NUMBER, .min = 0, .max = 999, .old = 1,
         .is_required = 1},
        {"is_control", EJ_FLAG, .old = 1},
        {"is_active", EJ_FLAG, .old = 1},
        {"is_removed", EJ_FLAG},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "kinds_save", p);
    return ej_page_saved(c, "/kinds", p);
}
