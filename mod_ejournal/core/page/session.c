/* session.c: log-in, log-out and the limit on guesses, for features.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/session.h"

#include <stdlib.h>

#include "auth/auth.h"
#include "auth/cookie.h"
#include "auth/guess.h"
#include "auth/login.h"
#include "conf/passwords.h"
#include "out/send.h"

ej_err_t *ej_session_open(ej_ctx_t *c, const char *login, const char *password,
                          int is_shared)
{
    ej_request_t *request = c->request;
    ej_login_t opened;
    EJ_TRY(ej_login_form(&opened, request, login, password, is_shared));
    c->entered = opened.digest;
    ej_cookie_set(request, ej_cookie_name(request), opened.token,
                  is_shared ? "" : EJ_COOKIE_LASTS);
    if (!is_shared)
        ej_cookie_set(request, ej_cookie_device_name(request), opened.device,
                      "; Max-Age=31536000");
    return NULL;
}

/* Only a session of the form log-in has a token in a cookie; one of Basic or of
 * another module keeps its digest. */
void ej_session_renew(ej_ctx_t *c, ej_params_t *p)
{
    int is_cookie = c->identity && !strcmp(c->identity->way, "form");
    c->renewal = is_cookie ? ej_cookie_token(c->pool) : NULL;
    ej_params_set(p, "session_digest",
                  is_cookie ? ej_digest_text(c->pool, c->renewal) : NULL);
}

void ej_session_set_digest(ej_ctx_t *c, ej_params_t *p)
{
    ej_params_set(p, "session_digest",
                  c->identity ? c->identity->digest : c->request->pending);
}

void ej_session_bind(ej_ctx_t *c)
{
    ej_request_t *request = c->request;
    if (request->pending && !ej_auth_is_form(c->r) &&
        !ej_cookie_second(request))
        ej_cookie_set(request, ej_cookie_second_name(request),
                      ej_cookie_token(c->pool), "");
}

int ej_session_is_form(const ej_ctx_t *c)
{
    return ej_auth_is_form(c->r);
}

void ej_session_send_renewal(ej_ctx_t *c)
{
    if (c->renewal)
        ej_cookie_set(c->request, ej_cookie_name(c->request), c->renewal,
                      c->identity->is_shared ? "" : EJ_COOKIE_LASTS);
}

int ej_session_is_live(ej_ctx_t *c, const char *token)
{
    ej_identity_t *identity = NULL;
    return !ej_identity_ask(&identity, c->r, ej_digest_text(c->pool, token)) &&
           identity;
}

const char *ej_session_last_error(const ej_ctx_t *c)
{
    return ej_cookie_error(c->request,
                           c->identity ? c->identity->account_id : 0);
}

ej_err_t *ej_session_close(ej_ctx_t *c)
{
    ej_result_t *none;
    const char *values[] = {c->identity ? c->identity->digest
                                        : c->request->pending};
    ej_err_t *err = values[0] ? ej_db_query(&none, EJ_WRITING, c->r, c->pool,
                                            "core_session_end", values)
                              : NULL;
    /* without a primary the session stays open, and the cookie is deleted */
    if (err && err->code != JE505)
        return err;
    ej_cookie_set(c->request, ej_cookie_name(c->request), "", "; Max-Age=0");
    if (ej_cookie_second(c->request))
        ej_cookie_set(c->request, ej_cookie_second_name(c->request), "",
                      "; Max-Age=0");
    ej_send_forget(c->r);
    return NULL;
}

ej_err_t *ej_session_password_check(ej_ctx_t *c, const char *field,
                                    const char *password, const char *login)
{
    return ej_passwords_check(c->request->conf->passwords, c->pool, field,
                              password, login);
}

/* ------------------------------------------------------------- guesses -- */

/* The target of a guess, for guess.c: the kind of code together with the
 * account, so that people at one address do not make each other wait. */
static const char *target(const ej_ctx_t *c, const char *kind)
{
    return c->identity ? apr_psprintf(c->pool, "%s of %" APR_INT64_T_FMT, kind,
                                      c->identity->account_id)
                       : apr_pstrcat(c->pool, kind, " of nobody", NULL);
}

static ej_err_t *refuse(ej_ctx_t *c, const char *field, const char *seconds)
{
    ej_err_t *err = ej_err(c->pool, JE111, field, "guesses");
    err->value = apr_pstrdup(c->pool, seconds);
    ej_guess_slow(c->r, err);
    return err;
}

ej_err_t *ej_session_guess_check(ej_ctx_t *c, const char *kind,
                                 const char *field)
{
    int seconds = ej_guess_wait(c->r, target(c, kind), kind);
    return seconds ? refuse(c, field, apr_itoa(c->pool, seconds)) : NULL;
}

ej_err_t *ej_session_guess_wait(ej_ctx_t *c, const char *kind,
                                const char *field, const char *seconds)
{
    if (!seconds || atoi(seconds) <= 0)
        return NULL;
    ej_guess_must_wait(c->r, target(c, kind), kind, atoi(seconds));
    return refuse(c, field, seconds);
}

ej_err_t *ej_session_password_own(ej_ctx_t *c, ej_params_t *p)
{
    const char *hash;
    EJ_TRY(ej_session_guess_check(c, "own", "old_password"));
    /* the results of these queries are used here and never shown */
    ej_node_t *own = ej_page_row(c, "core_password_begin", p);
    EJ_TRY(ej_page_commit(c));
    EJ_TRY(ej_session_guess_wait(c, "own", "old_password",
                                 ej_xml_get(own, "wait_s")));
    EJ_TRY(ej_hash_like(&hash, ej_page_pool(c),
                        ej_params_get(p, "old_password"),
                        ej_xml_get(own, "setting")));
    ej_params_set(p, "old_hash", hash);
    ej_node_t *tried = ej_page_row(c, "core_password_try", p);
    EJ_TRY(ej_page_commit(c));
    return ej_session_guess_wait(c, "own", "old_password",
                                 ej_xml_get(tried, "wait_s"));
}
