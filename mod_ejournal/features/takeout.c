/* takeout.c: the director takes the whole school as one file.
 *
 * Rooms: sql/queries/takeout.sql, sql/objects/takeout.sql, xslt/takeout.xsl,
 *        tests/takeout/
 * Rules: the own password is asked again; an order opens the file once and for
 *        a quarter of an hour; what left is in the register, in the history and
 *        in the log of access of each pupil. ejournal-school makes the same
 *        file on the server, and a school of it in another journal.
 * Source: INT-05, FED-06
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the take-outs of the school.
 * Makes: <takeout done=><taken takeout_id= made_at= …/>… */
ej_err_t *ej_takeout_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *takeout = ej_page_node(c);
    ej_page_rows(c, takeout, "takeout_rows", p);
    return ej_page_done(c, takeout, p);
}

/* Order a take-out with the own password.
 * Errors: JE101 422 no password, JE116 422 a wrong one, JE111 429 too many
 *         tries, JE301 403 not the director */
ej_err_t *ej_takeout_order(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"old_password", EJ_SECRET, .max = 256, .is_required = 1}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    EJ_TRY(ej_session_password_own(c, p));
    ej_page_once(c, "takeout_order", p);
    return ej_page_see_other(c, "/takeout?done=added", p);
}

/* Send the file of an order.
 * Errors: JE401 404 no order of this person, or it is used or too old;
 *         JE502 503 too many costly pages at once */
ej_err_t *ej_takeout_file(ej_ctx_t *c)
{
    EJ_TRY(ej_page_costly(c, EJ_BOOK));
    return ej_page_bundle(c, "school.zip", "takeout_files", "takeout_lines",
                          "takeout_taken");
}
