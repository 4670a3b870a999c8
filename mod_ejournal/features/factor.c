/* factor.c: the second factor of a log-in, by codes of the person's telephone.
 *
 * Rooms: sql/queries/factor.sql, xslt/factor.xsl, tests/factor/
 * Rules: the database judges the codes, and counts each before
 *        (sql/objects/login_factor.sql)
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show whether the account has a second factor.
 * Makes: <factor confirmed_at= recoveries= is_fresh=> */
ej_err_t *ej_factor_show(ej_ctx_t *c)
{
    ej_page_row(c, "factor_state", ej_page_params(c));
    return NULL;
}

/* Make a secret and show it, as text and as QR code. No cache keeps it. */
static ej_err_t *begin(ej_ctx_t *c, ej_params_t *p)
{
    ej_node_t *factor = ej_page_node(c);
    ej_page_view(c, "begun");
    ej_page_no_store(c);
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

/* Begin a second factor, confirm it by a first code, show it again for what
 * wants it again, or take it away.
 * Errors: JE111 429 wait, JE266 422 a wrong code, JE267 409 there is one
 *         already, or none */
ej_err_t *ej_factor_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"what", EJ_CHOICE, .words = "begin confirm again remove",
         .is_required = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    const char *what = ej_params_get(p, "what");
    if (!strcmp(what, "begin"))
        return begin(c, p);
    EJ_TRY(try_code(c, p));
    if (!strcmp(what, "confirm")) {
        ej_page_view(c, "confirmed");
        ej_page_no_store(c);
        ej_page_rows(c, ej_page_node(c), "factor_confirm", p);
        return NULL;
    }
    if (!strcmp(what, "again"))
        ej_page_exec(c, "factor_pass", p);
    else
        ej_page_exec(c, "factor_remove", p);
    return ej_page_see_other(c, "/factor", p);
}

/* Show the page that asks for the code after the password. */
ej_err_t *ej_factor_ask(ej_ctx_t *c)
{
    (void)ej_page_node(c);
    return NULL;
}

/* Take the code after the password.
 * Errors: JE111 429 wait, JE266 422 a wrong code, JE302 401 the session ended */
ej_err_t *ej_factor_enter(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(try_code(c, p));
    ej_page_exec(c, "factor_pass", p);
    return ej_page_see_other(c, "/", p);
}
