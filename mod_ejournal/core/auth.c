/* auth.c: who asks. The three ways into Apache's authentication:
 *
 *   AuthType Ejournal        the cookie of the form log-in
 *   AuthBasicProvider ejournal   log-in and password of Basic
 *   any other module's r->user   mapped by (way, subject)
 *
 * All end in one session row and the same ej_auth_t. `Require ejournal` lets
 * public addresses through without a session.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "origin.h"

#include <ap_expr.h>
#include <ap_provider.h>
#include <http_core.h>
#include <http_log.h>
#include <http_protocol.h>
#include <http_request.h>
#include <mod_auth.h>

APLOG_USE_MODULE(ejournal);

typedef struct {
    ej_auth_t *auth;
    ej_err_t *err;
    int is_asked;
} ej_state_t;

static ej_state_t *state_of(request_rec *r)
{
    ej_state_t *state =
        ap_get_module_config(r->request_config, &ejournal_module);
    if (!state) {
        state = apr_pcalloc(r->pool, sizeof *state);
        ap_set_module_config(r->request_config, &ejournal_module, state);
    }
    return state;
}

/* -------------------------------------------------------------- cookie -- */

/* Two journals on one host must not meet: the name ends in a digest of the
 * mount. __Host- needs Secure and Path=/. */
const char *ej_auth_cookie_name(request_rec *r)
{
    unsigned char sum[EJ_DIGEST];
    const char *base = ej_mount(r)->base;
    ej_digest_of(sum, base, strlen(base));
    return apr_pstrcat(r->pool,
                       ej_server(r->server)->secure == 1 ? "__Host-ej-" : "ej-",
                       ej_text_hex(r->pool, sum, 4), NULL);
}

#define TOKEN 64 /* hexadecimal digits */

const char *ej_auth_cookie(request_rec *r, const char *name)
{
    const char *all = apr_table_get(r->headers_in, "Cookie");
    apr_size_t length = strlen(name);

    while (all && *all) {
        all += strspn(all, "; ");
        if (!strncmp(all, name, length) && all[length] == '=') {
            const char *token = all + length + 1;
            if (strspn(token, "0123456789abcdef") == TOKEN &&
                (!token[TOKEN] || token[TOKEN] == ';'))
                return apr_pstrmemdup(r->pool, token, TOKEN);
            return NULL;
        }
        all = strchr(all, ';');
    }
    return NULL;
}

const char *ej_auth_digest(request_rec *r)
{
    const char *token = ej_auth_cookie(r, ej_auth_cookie_name(r));
    return token ? ej_digest_text(r->pool, token) : NULL;
}

/* ------------------------------------------------------------- session -- */

static ej_auth_t *read_auth(request_rec *r, const ej_result_t *row,
                            const char *digest)
{
    ej_auth_t *auth = apr_pcalloc(r->pool, sizeof *auth);
    const char *text[7];
    static const char *const names[7] = {
        "account_id",  "roles",       "form_token", "is_shared",
        "person_name", "school_name", "way"};
    for (int i = 0; i < 7; i++) {
        int column = ej_result_column(row, names[i]);
        const char *value = column < 0 ? NULL : ej_result_get(row, 0, column);
        text[i] = apr_pstrdup(r->pool, value ? value : "");
    }
    auth->account_id = apr_atoi64(text[0]);
    auth->roles = (unsigned)apr_atoi64(text[1]) | EJ_SESSION;
    auth->form_token = text[2];
    auth->is_shared = text[3][0] == 't';
    auth->person = text[4];
    auth->school = text[5];
    auth->way = text[6];
    auth->digest = digest;
    return auth;
}

ej_err_t *ej_auth_ask(ej_auth_t **auth, request_rec *r, const char *digest)
{
    ej_result_t *row;
    const char *values[] = {digest, r->useragent_ip};
    EJ_TRY(ej_core_query(&row, r, r->pool, "core_authenticate", values));
    if (ej_result_rows(row))
        *auth = read_auth(r, row, digest);
    return NULL;
}

ej_err_t *ej_auth_session(ej_auth_t **auth, request_rec *r)
{
    const char *digest = ej_auth_digest(r);
    *auth = NULL;
    return digest ? ej_auth_ask(auth, r, digest) : NULL;
}

ej_err_t *ej_auth_of(const ej_auth_t **auth, request_rec *r)
{
    const ej_state_t *state = state_of(r);
    *auth = state->auth;
    return state->err;
}

/* Another Require let the request in before anybody asked who it is. */
ej_err_t *ej_auth_late(const ej_auth_t **auth, request_rec *r)
{
    const char *type = ap_auth_type(r);
    ej_state_t *state = state_of(r);
    if (!state->is_asked && type && !strcasecmp(type, "Ejournal")) {
        state->is_asked = 1;
        state->err = ej_auth_session(&state->auth, r);
    }
    return ej_auth_of(auth, r);
}

/* Whether our own handler will answer: another one that somebody set below
 * the mount must never see a request without a session. */
static int is_ours(request_rec *r)
{
    const ej_mount_t *mount = ej_mount(r);
    const char *below = mount->on ? ej_route_below(r, mount) : NULL;
    const core_dir_config *core = ap_get_core_module_config(r->per_dir_config);
    const char *wrong = NULL;
    const char *handler = core->expr_handler
                              ? ap_expr_str_exec(r, core->expr_handler, &wrong)
                              : core->handler;
    return below && !ej_route_is_static(below) && !wrong && handler &&
           !strcmp(handler, "ejournal");
}

void ej_auth_challenge(request_rec *r, int is_form)
{
    const char *type = ap_auth_type(r), *name = ap_auth_name(r);
    if (!is_form && type && strcasecmp(type, "Ejournal"))
        ap_note_auth_failure(r);
    else
        apr_table_setn(r->err_headers_out, "WWW-Authenticate",
                       apr_pstrcat(r->pool, "Ejournal realm=\"",
                                   name ? name : "ejournal", "\"", NULL));
}

/* AuthType Ejournal. Where our handler answers nobody is refused here: it
 * shows the log-in page, 401 or 503 in the journal's own look. */
static int check_authn(request_rec *r)
{
    const char *type = ap_auth_type(r);
    if (!type || strcasecmp(type, "Ejournal"))
        return DECLINED;
    ej_state_t *state = state_of(r);
    state->is_asked = 1;
    state->err = ej_auth_session(&state->auth, r);
    if (state->auth) {
        r->user = apr_psprintf(r->pool, "account %" APR_INT64_T_FMT,
                               state->auth->account_id);
        r->ap_auth_type = (char *)"Ejournal";
        return OK;
    }
    if (!is_ours(r)) {
        ej_auth_challenge(r, 0);
        return HTTP_UNAUTHORIZED;
    }
    r->user = (char *)""; /* Apache insists on one; the handler takes it away */
    return OK;
}

/* ------------------------------------------------------- other modules -- */

/* The digest of a session that another module's log-in stands for. No cookie
 * can have it (a token is 64 hexadecimal digits, this has a space), and nobody
 * can work it out: the secret is new at every start of Apache. */
const char *ej_auth_foreign_digest(request_rec *r, const char *way,
                                   const char *subject)
{
    const char *secret = ej_server(r->server)->secret;
    return ej_digest_text(
        r->pool, apr_pstrcat(r->pool, secret, " ", way, " ", subject, NULL));
}

/* Map r->user to an account and give it a session row at its first request;
 * the account's state is checked at every one. */
static ej_err_t *foreign(ej_auth_t **auth, request_rec *r)
{
    /* mod_ssl's SSLUserName gives a user and no type */
    const char *way = r->ap_auth_type ? r->ap_auth_type : "certificate";
    const char *digest = ej_auth_foreign_digest(r, way, r->user);
    const char *secret = ej_server(r->server)->foreign_secret;
    unsigned char token[16];
    ej_result_t *row;

    EJ_TRY(ej_auth_ask(auth, r, digest));
    if (*auth)
        return NULL;
    if (!secret)
        return ej_err(r->pool, "JE500", NULL,
                      "another module logs in, and EjournalForeignSecret is "
                      "not set: see ejournal.conf");
    ej_random(token, sizeof token);
    const char *values[] = {secret,
                            way,
                            r->user,
                            digest,
                            ej_text_hex(r->pool, token, sizeof token),
                            r->useragent_ip};
    EJ_TRY(ej_core_query(&row, r, r->pool, "core_foreign_session", values));
    if (!ej_result_rows(row) || !ej_result_get(row, 0, 0))
        return ej_err(r->pool, "JE301", NULL, "no account for this subject");
    return ej_auth_ask(auth, r, digest);
}

static int is_public(request_rec *r)
{
    const ej_mount_t *mount = ej_mount(r);
    const char *below = ej_route_below(r, mount);
    int other;
    if (!below)
        return 0;
    if (ej_route_is_static(below) || ej_route_is_bare(below))
        return 1;
    int method = r->method_number == M_POST ? M_POST : M_GET;
    const ej_route_t *route =
        ej_route_find(r->pool, method, below, NULL, &other);
    return route && route->who & EJ_ANYONE;
}

/* Require ejournal */
static authz_status check_authz(request_rec *r, const char *line,
                                const void *parsed)
{
    (void)line, (void)parsed;
    if (!ej_mount(r)->on)
        return AUTHZ_DENIED;
    if (is_public(r))
        return AUTHZ_GRANTED;
    ej_state_t *state = state_of(r);
    if (!state->is_asked && !r->user)
        return AUTHZ_DENIED_NO_USER;
    if (!state->is_asked) {
        state->is_asked = 1;
        state->err = foreign(&state->auth, r);
    }
    /* our handler looks at state; to any other only a session leads */
    return state->auth || is_ours(r) ? AUTHZ_GRANTED : AUTHZ_DENIED;
}

/* mod_auth_basic writes what was typed as log-in into the error log, and
 * r->user stands in the access log: a password typed in the wrong field would
 * be there. Say it ourselves, and let the rest of this request be silent. */
static authn_status denied(request_rec *r, ej_err_t *err)
{
    static const struct ap_logconf silent = {NULL, APLOG_CRIT};
    ap_log_rerror(APLOG_MARK, err->status >= 500 ? APLOG_ERR : APLOG_INFO, 0, r,
                  "%s %d Basic: %s", err->code, err->status,
                  err->detail ? err->detail : "-");
    r->user = NULL;
    r->log = &silent;
    state_of(r)->err = err;
    if (err->status != 401 && is_ours(r)) { /* our handler says 429 or 503 */
        state_of(r)->is_asked = 1;
        r->user = (char *)"";
        return AUTH_GRANTED;
    }
    return err->status >= 500 ? AUTH_GENERAL_ERROR : AUTH_DENIED;
}

/* AuthBasicProvider ejournal: constant work for unknown log-ins. */
static authn_status check_password(request_rec *r, const char *user,
                                   const char *password)
{
    ej_state_t *state = state_of(r);
    ej_err_t *err =
        ej_origin_is_safe(r); /* this may stand beside the journal */
    if (!err)
        err = ej_session_basic(&state->auth, r, user, password);
    if (!err && !state->auth) /* ended this very moment */
        err = ej_err(r->pool, "JE302", NULL, NULL);
    if (err)
        return denied(r, err);
    state->is_asked = 1;
    r->user = apr_psprintf(r->pool, "account %" APR_INT64_T_FMT,
                           state->auth->account_id);
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
