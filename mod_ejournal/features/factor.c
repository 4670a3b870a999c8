/* factor.c: the second factor of a log-in, by codes of the person's telephone.
 *
 * Rooms: sql/queries/factor.sql, xslt/factor.xsl, tests/factor/
 * Rules: the database judges the codes, and counts each before
 *        (sql/objects/login_factor.sql); which roles must have a factor is a
 *        setting of the school
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show whether the account has a second factor, and in how many days it must
 * have one. Makes: <factor confirmed_at= recoveries= is_fresh= days_left=> */
ej_err_t *ej_factor_show(ej_ctx_t *c)
{
    ej_page_row(c, "factor_state", ej_page_params(c));
    return NULL;
}

/* Make a secret and show it as text and QR code; no cache keeps the page. */
static ej_err_t *begin(ej_ctx_t *c, ej_params_t *p)
{
    ej_node_t *factor = ej_page_node(c);
    ej_page_view(c, "begun");
    ej_page_no_store(c);
    ej_session_set_digest(c, p);
    ej_page_rows(c, factor, "factor_begin", p);
    EJ_TRY(ej_page_run(c));
    return ej_qr_set(c, factor, ej_xml_child_get(factor, "new", "uri"));
}

/* Read the code and count it as a guess; a later query judges it. */
static ej_err_t *try_code(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"factor_code", EJ_CODE, .is_required = 1}, {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_session_set_digest(c, p);
    EJ_TRY(ej_session_guess_check(c, "factor", "factor_code"));
    ej_node_t *factor = ej_page_node(c);
    ej_page_rows(c, factor, "factor_try", p);
    EJ_TRY(ej_page_commit(c));
    return ej_session_guess_wait(c, "factor", "factor_code",
                                 ej_xml_child_get(factor, "tried", "wait_s"));
}

/* Confirm the secret by its first code, which was tried, and show the recovery
 * codes. */
static ej_err_t *confirm(ej_ctx_t *c, ej_params_t *p)
{
    ej_page_view(c, "confirmed");
    ej_page_no_store(c);
    ej_page_rows(c, ej_page_node(c), "factor_confirm", p);
    return NULL;
}

/* Begin a second factor, confirm it by a first code, enter a code again for an
 * action that asks for one, or remove the factor.
 * Errors: JE111 429 wait, JE266 422 a wrong code, JE267 409 there is one
 *         already, or none */
ej_err_t *ej_factor_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"action", EJ_CHOICE,
                                         .words = "begin confirm again remove",
                                         .is_required = 1},
                                        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    const char *action = ej_params_get(p, "action");
    if (!strcmp(action, "begin"))
        return begin(c, p);
    EJ_TRY(try_code(c, p));
    if (!strcmp(action, "confirm"))
        return confirm(c, p);
    if (!strcmp(action, "again"))
        ej_page_exec(c, "factor_pass", p);
    else
        ej_page_exec(c, "factor_remove", p);
    return ej_page_see_other(c, "/factor", p);
}

/* Read the address to which the person goes on after the code. */
static ej_err_t *read_back(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {{"back", EJ_LINE, .max = 1000}, {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_params_set(p, "back", ej_page_way_back(c, ej_params_get(p, "back")));
    ej_page_set(c, ej_page_node(c), "back", ej_params_get(p, "back"));
    return NULL;
}

/* Show the page that asks for the code after the password, or on which the
 * person sets up the factor that a role must have. A session that needs no code
 * goes on to ?back=. Makes: <factor view="ask|new" back=><wanted what=/> */
ej_err_t *ej_factor_ask(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(read_back(c, p));
    ej_session_bind(c);
    ej_session_set_digest(c, p);
    ej_page_rows(c, ej_page_node(c), "factor_wanted", p);
    EJ_TRY(ej_page_run(c));
    const char *what = ej_xml_child_get(ej_page_node(c), "wanted", "what");
    if (!what && !ej_page_refused(c))
        return ej_page_see_other(c, "{back}", p);
    ej_page_view(c, what ? what : "ask");
    return NULL;
}

/* Take the code after the password, or set up the factor.
 * Errors: JE111 429 wait, JE266 422 a wrong code, JE267 409 there is one
 *         already, or none, JE302 401 the session ended */
ej_err_t *ej_factor_enter(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"action", EJ_CHOICE, .words = "begin confirm"}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    EJ_TRY(read_back(c, p));
    const char *action = ej_params_get(p, "action");
    if (action && !strcmp(action, "begin"))
        return begin(c, p);
    EJ_TRY(try_code(c, p));
    if (action)
        return confirm(c, p);
    ej_page_exec(c, "factor_pass", p);
    return ej_page_see_other(c, "{back}", p);
}

/* List the staff who have a second factor or must have one: ?find=,
 * ?sort=days_left or staff_id, ?page=.
 * Makes: <factor view="list" count= missing= … ><person staff_id= …/>… */
ej_err_t *ej_factor_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_page_list(c, "factor_head", "factor_people", p));
    return ej_page_done(c, ej_page_node(c), p);
}

/* Take away the factor of somebody who has lost telephone and recovery codes.
 * Errors: JE301 403 not this administrator's to do, JE350 403 the own factor is
 *         wanted again, JE401 404 nobody of this school */
ej_err_t *ej_factor_reset(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"staff_id", EJ_ID, .is_required = 1},
                                        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_exec(c, "factor_reset", p);
    return ej_page_see_other(c, "/factors?done=removed", p);
}
