/* voidings.c: the operations of an account whose log-in others knew, and
 * voiding them, so that they do not count.
 *
 * Rooms: sql/queries/voidings.sql, xslt/voidings.xsl, tests/voidings/
 * Rules: sql/objects/voidings.sql: by law all after head and support were told,
 *        earlier ones by an order of the director; later honest changes stand
 * Source: SEC-07, FED-15
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show the operations of an incident's account by place (session and address),
 * the last changes, with ?place= those of one place, and the voidings.
 * Makes: <voidings view="list" incident_id= person_name= is_mine= law_from=
 *        by_law=><place/>… <change/>… <voiding/>…
 * Errors: JE401 404 no such incident, or of another school */
ej_err_t *ej_voidings_list(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"place", EJ_LINE, .max = 80}, {0}};
    ej_params_t *p = ej_page_params(c);
    if (!ej_page_refused(c))
        EJ_TRY(ej_form_read(p, fields));
    else
        ej_params_set(p, "place", "");
    ej_node_t *list = ej_page_row(c, "voidings_head", p);
    ej_page_rows(c, list, "voidings_places", p);
    ej_page_rows(c, list, "voidings_changes", p);
    ej_page_rows(c, list, "voidings_rows", p);
    return NULL;
}

/* Void operations: by law, or by an order those of the chosen places.
 * Errors: JE101 422 an order without number or day, JE103 422 not a day,
 *         JE283 422 nothing to void, JE301 403 not yours to void */
ej_err_t *ej_voidings_make(ej_ctx_t *c)
{
    static const ej_field_t basis[] = {
        {"basis", EJ_CHOICE, .words = "law order", .is_required = 1},
        {"place", EJ_LINE, .max = 80, .rows = 500, .is_set = 1},
        {0}};
    static const ej_field_t law[] = {
        {"order_no", EJ_LINE, .max = 40}, {"order_on", EJ_DAY}, {0}};
    static const ej_field_t order[] = {
        {"order_no", EJ_LINE, .max = 40, .is_required = 1},
        {"order_on", EJ_DAY, .is_required = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, basis));
    EJ_TRY(ej_form_read(p, strcmp(ej_params_get(p, "basis"), "law") ? order
                                                                    : law));
    ej_page_outcomes(c, "voidings_make", p);
    return ej_page_see_other(c, "/incidents/{incident_id}/operations", p);
}

/* Show a voiding with the changes that do not count.
 * Makes: <voidings view="show" voiding_id= … is_mine=><change/>…
 * Errors: JE401 404 no such voiding, or of another school */
ej_err_t *ej_voidings_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *voiding = ej_page_row(c, "voidings_show", p);
    ej_page_rows(c, voiding, "voidings_voided", p);
    return NULL;
}

/* Let the voided operations count again, by an order.
 * Errors: JE101 422 an order without number or day, JE210 409 undone already,
 *         JE301 403 not yours to undo */
ej_err_t *ej_voidings_undo(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"order_no", EJ_LINE, .max = 40, .is_required = 1},
        {"order_on", EJ_DAY, .is_required = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "voidings_undo", p);
    return ej_page_see_other(c, "/voidings/{voiding_id}", p);
}
