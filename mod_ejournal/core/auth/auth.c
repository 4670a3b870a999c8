/* auth.c: identifies the account behind a request. There are three ways into
 * Apache's authentication:
 *
 *   AuthType Ejournal        the cookie of the form log-in, or a key (key.c)
 *   AuthBasicProvider ejournal   log-in and password of Basic
 *   any other module's r->user   mapped by (way, subject)
 *
 * All end in one session row and the same ej_identity_t. `Require ejournal`
 * lets public addresses through without a session.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "auth/auth.h"

#include <apr_escape.h>
#include <ap_expr.h>
#include <ap_provider.h>
#include <http_core.h>
#include <http_log.h>
#include <http_protocol.h>
#include <http_request.h>
#include <mod_auth.h>

#include "auth/cookie.h"
#include "auth/key.h"
#include "auth/login.h"
#include "conf/digest.h"
#include "db/db.h"
#include "http/origin.h"
#include "text/err.h"
#include "text/text.h"

APLOG_USE_MODULE(ejournal);

static int is_own_handler(const ej_request_t *request);

/* Look up the session of the request's key or else of its cookie. A key is for
 * the journal's own pages alone. */
static void find_session(ej_request_t *request)
{
    const char *digest = ej_cookie_digest(request);
    request->is_asked = 1;
    request->identity = NULL;
    if (!ej_key_is_sent(request))
        request->fault =
            digest ? ej_identity_ask(&request->identity, request->r, digest)
                   : NULL;
    else if (is_own_handler(request))
        request->fault = ej_key_find(&request->identity, request);
}

void ej_auth_ask_late(ej_request_t *request)
{
    const char *type = ap_auth_type(request->r);
    if (!request->is_asked && type && !strcasecmp(type, "Ejournal"))
        find_session(request);
}

/* The user name that Apache's logs show for an account: "account 17". */
static char *log_user(const ej_request_t *request)
{
    return apr_psprintf(request->r->pool, "account %" APR_INT64_T_FMT,
                        request->identity->account_id);
}

/* Whether the journal's own handler will answer this request. Any other handler
 * that was set below the mount must never see a request without a session. */
static int is_own_handler(const ej_request_t *request)
{
    request_rec *r = request->r;
    const core_dir_config *core = ap_get_core_module_config(r->per_dir_config);
    const char *wrong = NULL;
    const char *handler = core->expr_handler
                              ? ap_expr_str_exec(r, core->expr_handler, &wrong)
                              : core->handler;
    return request->path && !request->is_static && !wrong && handler &&
           !strcmp(handler, "ejournal");
}

int ej_auth_is_form(request_rec *r)
{
    const char *type = ap_auth_type(r);
    return !type || !strcasecmp(type, "Ejournal");
}

void ej_auth_challenge(request_rec *r, int is_form)
{
    const char *name = ap_auth_name(r);
    if (ej_key_is_sent(ej_request_of(r)))
        apr_table_setn(r->err_headers_out, "WWW-Authenticate",
                       "Bearer realm=\"ejournal\"");
    else if (!is_form && !ej_auth_is_form(r))
        ap_note_auth_failure(r);
    else
        apr_table_setn(r->err_headers_out, "WWW-Authenticate",
                       apr_pstrcat(r->pool, "Ejournal realm=\"",
                                   name ? name : "ejournal", "\"", NULL));
}

/* Authenticate by cookie or key (AuthType Ejournal). A request that the
 * journal's own handler answers is never refused here: the handler shows the
 * log-in page, 401 or 503 in the journal's own look. */
static int check_authn(request_rec *r)
{
    const char *type = ap_auth_type(r);
    if (!type || strcasecmp(type, "Ejournal"))
        return DECLINED;
    ej_request_t *request = ej_request_of(r);
    find_session(request);
    if (request->identity) {
        r->user = log_user(request);
        r->ap_auth_type = (char *)"Ejournal";
        return OK;
    }
    if (!is_own_handler(request)) {
        ej_auth_challenge(r, 0);
        return HTTP_UNAUTHORIZED;
    }
    r->user = (char *)""; /* Apache requires a user; ej_handle removes it */
    return OK;
}

/* ------------------------------------------------------- other modules -- */

/* JE307 with the name by which the other module knows the user. */
static ej_err_t *no_account(request_rec *r)
{
    ej_err_t *err = ej_err(r->pool, JE307, NULL, NULL);
    if (ej_text_is_clean(r->user, strlen(r->user), 0))
        err->value = r->user;
    return err;
}

/* Map r->user to an account. The account's first request makes a session row;
 * the account's state is checked at every request. */
static ej_err_t *find_by_user(ej_request_t *request)
{
    request_rec *r = request->r;
    /* mod_ssl's SSLUserName gives a user and no type */
    const char *way = r->ap_auth_type ? r->ap_auth_type : "certificate";
    const char *digest = ej_login_foreign_digest(request, way, r->user);
    const char *secret = request->conf->foreign_secret;
    unsigned char token[16];
    ej_result_t *row;

    EJ_TRY(ej_identity_ask(&request->identity, r, digest));
    if (request->identity)
        return NULL;
    if (!secret)
        return ej_err(r->pool, JE500, NULL,
                      "another module logs in, and EjournalForeignSecret is "
                      "not set: see ejournal.conf");
    ej_digest_random(token, sizeof token);
    const char *values[] = {secret,
                            way,
                            r->user,
                            digest,
                            apr_pescape_hex(r->pool, token, sizeof token, 0),
                            r->useragent_ip,
                            ej_identity_agent(r)};
    EJ_TRY(ej_db_query(&row, EJ_WRITING, r, r->pool, "core_foreign_session",
                       values));
    if (!ej_result_rows(row) || !ej_result_get(row, 0, 0))
        return no_account(r);
    return ej_identity_ask(&request->identity, r, digest);
}

static int is_public(const ej_request_t *request)
{
    return request->is_static || request->is_bare ||
           (request->route && request->route->who & EJ_ANYONE);
}

/* Authorise a request (Require ejournal). */
static authz_status check_authz(request_rec *r, const char *line,
                                const void *parsed)
{
    (void)line, (void)parsed;
    ej_request_t *request = ej_request_of(r);
    if (!request->mount->on)
        return AUTHZ_DENIED;
    if (is_public(request))
        return AUTHZ_GRANTED;
    if (!request->is_asked && !r->user)
        return AUTHZ_DENIED_NO_USER;
    if (!request->is_asked) {
        request->is_asked = 1;
        request->fault = find_by_user(request);
    }
    /* the journal's handler reports the fault; any other needs a session */
    return request->identity || is_own_handler(request) ? AUTHZ_GRANTED
                                                        : AUTHZ_DENIED;
}

/* Refuse a Basic log-in without logging the typed name. mod_auth_basic would
 * write it into the error log and Apache into the access log (r->user), where a
 * password typed into the wrong field could be read. So this function logs the
 * refusal itself and silences the log for the rest of the request. */
static authn_status deny_basic(ej_request_t *request, ej_err_t *err)
{
    request_rec *r = request->r;
    static const struct ap_logconf silent = {NULL, APLOG_CRIT};
    ap_log_rerror(APLOG_MARK, err->status >= 500 ? APLOG_ERR : APLOG_INFO, 0, r,
                  "%s %d Basic: %s", ej_err_name(err->code), err->status,
                  err->detail ? err->detail : "-");
    r->user = NULL;
    r->log = &silent;
    request->fault = err;
    if (err->status != 401 && is_own_handler(request)) {
        request->is_asked = 1; /* the handler answers 429 or 503 */
        r->user = (char *)"";
        return AUTH_GRANTED;
    }
    return err->status >= 500 ? AUTH_GENERAL_ERROR : AUTH_DENIED;
}

/* Authenticate by log-in and password (AuthBasicProvider ejournal). An unknown
 * log-in costs the same work as a known one. */
static authn_status check_password(request_rec *r, const char *user,
                                   const char *password)
{
    ej_request_t *request = ej_request_of(r);
    /* the provider may also protect addresses outside the journal */
    ej_err_t *err = ej_origin_is_safe(request);
    if (!err)
        err = ej_login_basic(&request->identity, request, user, password);
    if (!err && !request->identity) /* the session has just ended */
        err = ej_err(r->pool, JE302, NULL, NULL);
    if (err && err->code == JE351 && is_own_handler(request)) {
        request->is_asked = 1; /* the handler asks for the second factor */
        request->fault = err;
        r->user = (char *)"";
        return AUTH_GRANTED;
    }
    if (err)
        return deny_basic(request, err);
    request->is_asked = 1;
    r->user = log_user(request);
    return AUTH_GRANTED;
}

static const authz_provider authz = {check_authz, NULL};
static const authn_provider authn = {check_password, NULL};

void ej_auth_hooks(apr_pool_t *pconf)
{
    ap_hook_check_authn(check_authn, NULL, NULL, APR_HOOK_MIDDLE,
                        AP_AUTH_INTERNAL_PER_CONF);
    ap_register_auth_provider(pconf, AUTHZ_PROVIDER_GROUP, "ejournal",
                              AUTHZ_PROVIDER_VERSION, &authz,
                              AP_AUTH_INTERNAL_PER_CONF);
    ap_register_auth_provider(pconf, AUTHN_PROVIDER_GROUP, "ejournal",
                              AUTHN_PROVIDER_VERSION, &authn,
                              AP_AUTH_INTERNAL_PER_CONF);
}
