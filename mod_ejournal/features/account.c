/* account.c: changing the own password; the own sessions and log-ins.
 *
 * Rooms: sql/queries/account.sql, xslt/account.xsl, tests/account/
 * Rules: a changed password ends every other session at its next request and
 *        gives this one a new token (SEC-03); sql/objects/login_password.sql
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show the form. Makes: <account login= is_saved=> */
ej_err_t *ej_account_show(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"is_saved", EJ_FLAG}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_row(c, "account_head", p);
    return NULL;
}

/* Change the password.
 * Errors: JE114 422 weak, JE121 422 too long, JE115 422 the two differ, JE116
 * 422 old is wrong, JE126 422 the log-in, JE127 422 the old one, JE111 429 too
 * many tries */
ej_err_t *ej_account_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"old_password", EJ_SECRET, .max = 256, .is_required = 1},
        {"password", EJ_SECRET, .max = 256, .is_required = 1},
        {"password2", EJ_SECRET, .max = 256, .is_required = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    const char *hash;

    EJ_TRY(ej_form_read(p, fields));
    if (strcmp(ej_params_get(p, "password"), ej_params_get(p, "password2")))
        return ej_page_err(c, JE115, "password2", NULL);
    if (!strcmp(ej_params_get(p, "password"), ej_params_get(p, "old_password")))
        return ej_page_err(c, JE127, "password", NULL);
    EJ_TRY(ej_session_password_check(c, "password",
                                     ej_params_get(p, "password"), NULL));
    EJ_TRY(ej_session_password_own(c, p));
    /* a result that is used here and never shown */
    ej_node_t *own = ej_page_row(c, "account_login", p);
    EJ_TRY(ej_page_commit(c));
    EJ_TRY(ej_session_password_check(
        c, "password", ej_params_get(p, "password"), ej_xml_get(own, "login")));
    EJ_TRY(ej_hash_new(&hash, ej_page_pool(c), ej_params_get(p, "password")));
    ej_params_set(p, "password_hash", hash);
    ej_session_renew(c, p);
    ej_page_exec(c, "account_save", p);
    return ej_page_see_other(c, "/account?is_saved=1", p);
}

/* Show where this account is logged in, and its last log-ins.
 * Makes: <account view="sessions" is_ended=><session/>…<entrance/>… */
ej_err_t *ej_account_sessions(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"is_ended", EJ_FLAG}, {0}};
    ej_params_t *p = ej_page_params(c);
    ej_node_t *account = ej_page_node(c);
    EJ_TRY(ej_form_read(p, fields));
    if (ej_params_get(p, "is_ended")[0] == 't')
        ej_page_set(c, account, "is_ended", "1");
    ej_page_rows(c, account, "account_sessions", p);
    ej_page_rows(c, account, "account_entrances", p);
    return NULL;
}

/* Show the form by which a person reports that others know the own log-in. */
ej_err_t *ej_account_known(ej_ctx_t *c)
{
    (void)ej_page_node(c);
    return NULL;
}

/* Report that others know the own log-in: the account is blocked, and all its
 * sessions end. Errors: JE263 422 a wrong time */
ej_err_t *ej_account_report(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"learned_on", EJ_DAY}, {"learned_time", EJ_TIME}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_exec(c, "account_report", p);
    return ej_page_see_other(c, "/login?note=blocked", p);
}

/* End all other sessions of this account. */
ej_err_t *ej_account_end(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_exec(c, "account_end", p);
    return ej_page_see_other(c, "/account/sessions?is_ended=1", p);
}
