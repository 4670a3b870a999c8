/* login.c: log-in, log-out, and the one-time activation code.
 *
 * Rooms: sql/queries/login.sql, xslt/login.xsl, tests/login/
 * Rules: the page does not tell whether log-in or password was wrong (JE110);
 *        guesses are delayed, accounts never locked (JE111);
 *        sql/objects/login.sql
 * Source: ACC-06, ACC-07, ACC-09, SEC-05
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show the log-in page; where Basic or another module logs people in, a page
 * without a form.
 * Makes: <login back= note=> the path to return to; why one is here */
ej_err_t *ej_login_show(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"back", EJ_LINE, .max = 1000},
        {"note", EJ_CHOICE, .words = "blocked ready left"},
        {0}};
    ej_params_t *p = ej_page_params(c);
    ej_form_read(p, fields); /* a wrong one is none */
    if (!ej_session_is_form(c))
        ej_page_view(c, "other");
    ej_page_set(c, ej_page_node(c), "note", ej_params_get(p, "note"));
    ej_page_set(c, ej_page_node(c), "back",
                ej_page_way_back(c, ej_params_get(p, "back")));
    return NULL;
}

/* Log in, then go back to the page that was requested.
 * Errors: JE101 422 a field is empty, JE110 401 wrong, JE111 429 wait */
ej_err_t *ej_login_enter(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"login", EJ_LINE, .max = 64, .is_required = 1},
        {"password", EJ_SECRET, .max = 256, .is_required = 1},
        {"is_shared", EJ_FLAG},
        {"back", EJ_LINE, .max = 1000},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    EJ_TRY(ej_session_open(c, ej_params_get(p, "login"),
                           ej_params_get(p, "password"),
                           ej_params_get(p, "is_shared")[0] == 't'));
    ej_params_set(p, "back", ej_page_way_back(c, ej_params_get(p, "back")));
    return ej_page_see_other(c, "{back}", p);
}

/* Log out: end the session in the database, so that a copied cookie is useless,
 * and have the browser clear its cache. Where another module logs people in,
 * its own session goes on, which the next page says. */
ej_err_t *ej_login_leave(ej_ctx_t *c)
{
    EJ_TRY(ej_session_close(c));
    return ej_page_see_other(
        c, ej_session_is_form(c) ? "/login" : "/login?note=left",
        ej_page_params(c));
}

/* Show the page that asks for an activation code. No address has the code in
 * it: addresses are kept in browser histories and logs. */
ej_err_t *ej_login_code(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"login", EJ_LINE, .max = 64}, {0}};
    ej_params_t *p = ej_page_params(c);
    ej_page_view(c, "activate");
    ej_form_read(p, fields); /* a wrong one is shown as typed */
    const char *field = ej_page_refused(c);
    int is_last = field && strcmp(field, "code") && *ej_params_get(p, "login");
    ej_page_set(c, ej_page_node(c), "step", is_last ? "choose" : "code");
    return NULL;
}

/* Look the code up. The page shows the name of its person, so that a code given
 * to the wrong person is noticed. */
static ej_err_t *find_code(ej_ctx_t *c, ej_params_t *p)
{
    ej_node_t *login = ej_page_node(c);
    EJ_TRY(ej_session_guess_check(c, "code", "code"));
    ej_page_rows(c, login, "login_code", p);
    /* commit, so that the guess is counted although the request may fail */
    EJ_TRY(ej_page_commit(c));
    EJ_TRY(ej_session_guess_wait(c, "code", "code",
                                 ej_xml_child_get(login, "found", "wait_s")));
    if (!ej_xml_child_get(login, "found", "person_name"))
        return ej_page_err(c, JE112, "code", NULL);
    if (ej_xml_child_get(login, "found", "is_partial"))
        return ej_page_err(c, JE124, "code", NULL);
    return NULL;
}

/* Check the chosen log-in and password, and hash the password. Called only
 * after the code was found, and while no connection is held (find_code gave it
 * back).
 */
static ej_err_t *check_choice(ej_ctx_t *c, ej_params_t *p)
{
    const char *hash, *password = ej_params_get(p, "password");
    if (ej_params_get(p, "is_agreed")[0] != 't')
        return ej_page_err(c, JE265, "is_agreed", NULL);
    EJ_TRY(ej_passwords_login_check(ej_page_pool(c), "login",
                                    ej_params_get(p, "login")));
    if (strcmp(password, ej_params_get(p, "password2")))
        return ej_page_err(c, JE115, "password2", NULL);
    EJ_TRY(ej_session_password_check(c, "password", password,
                                     ej_params_get(p, "login")));
    EJ_TRY(ej_hash_new(&hash, ej_page_pool(c), password));
    ej_params_set(p, "password_hash", hash);
    return NULL;
}

/* Use an activation code. The first step sends the code alone; the second sends
 * code, log-in and password, makes the account and goes to the log-in page.
 * Errors: JE111 429 wait, JE112 422 no such code, JE124 422 codes of other
 *         schools are wanted, too, JE113 422 log-in taken, JE114 422 weak
 *         password, JE115 422 the two differ, JE121 422 too long a password,
 * JE122 422 no log-in, JE125 422 a log-in of two alphabets, JE126 422 the
 * log-in as password, JE265 422 the rules are not confirmed */
ej_err_t *ej_login_activate(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"code", EJ_CODE, .is_required = 1},
                                        {"login", EJ_LINE, .max = 64},
                                        {0}};
    static const ej_field_t passwords[] = {
        {"password", EJ_SECRET, .max = 256, .is_required = 1},
        {"password2", EJ_SECRET, .max = 256, .is_required = 1},
        {"is_agreed", EJ_FLAG},
        {0}};
    ej_params_t *p = ej_page_params(c);
    ej_page_view(c, "activate");
    ej_err_t *bad = ej_form_read(p, fields);
    int is_last = *ej_params_get(p, "login") != '\0';
    if (is_last) /* all bad fields at once */
        bad = ej_form_read(p, passwords);
    EJ_TRY(bad);
    ej_params_set(p, "codes",
                  ej_digest_codes(ej_page_pool(c), ej_params_get(p, "code")));
    EJ_TRY(find_code(c, p));
    if (is_last) {
        EJ_TRY(check_choice(c, p));
        ej_page_once(c, "login_activate", p);
        return ej_page_see_other(c, "/login?note=ready", p);
    }
    ej_page_set(c, ej_page_node(c), "step", "choose");
    return NULL;
}
