/* cookie.c: reads and sets the cookies of a browser.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "auth/cookie.h"

#include <apr_escape.h>

#include <util_cookies.h>

#include "conf/digest.h"
#include "text/text.h"

#define TOKEN 64 /* hexadecimal digits */
#define NUMBER 8 /* those of the number of an error */

/* The name ends in a digest of the mount, so that two journals on one host do
 * not overwrite each other's cookies. __Host- requires Secure and Path=/. */
const char *ej_cookie_name(const ej_request_t *request)
{
    unsigned char sum[EJ_DIGEST];
    const char *base = request->mount->base;
    ej_digest_of(sum, base, strlen(base));
    return apr_pstrcat(request->r->pool,
                       request->conf->secure == 1 ? "__Host-ej-" : "ej-",
                       apr_pescape_hex(request->r->pool, sum, 4, 0), NULL);
}

const char *ej_cookie_get(const ej_request_t *request, const char *name)
{
    const char *token = NULL;
    ap_cookie_read(request->r, name, &token, 0);
    return token && strlen(token) == TOKEN &&
                   strspn(token, "0123456789abcdef") == TOKEN
               ? token
               : NULL;
}

const char *ej_cookie_digest(const ej_request_t *request)
{
    const char *token = ej_cookie_get(request, ej_cookie_name(request));
    return token ? ej_digest_text(request->r->pool, token) : NULL;
}

/* ap_cookie_write is not used: it logs tokens at level debug. */
void ej_cookie_set(const ej_request_t *request, const char *name,
                   const char *value, const char *age)
{
    request_rec *r = request->r;
    int secure = request->conf->secure == 1;
    const char *base = request->mount->base;
    apr_table_addn(r->err_headers_out, "Set-Cookie",
                   apr_pstrcat(r->pool, name, "=", value,
                               "; Path=", secure || !*base ? "/" : base,
                               "; HttpOnly; SameSite=Lax",
                               secure ? "; Secure" : "", age, NULL));
}

const char *ej_cookie_token(apr_pool_t *pool)
{
    unsigned char bytes[TOKEN / 2];
    ej_digest_random(bytes, sizeof bytes);
    return apr_pescape_hex(pool, bytes, sizeof bytes, 0);
}

const char *ej_cookie_device(const ej_request_t *request)
{
    return ej_cookie_get(request, ej_cookie_device_name(request));
}

const char *ej_cookie_device_name(const ej_request_t *request)
{
    return apr_pstrcat(request->r->pool, ej_cookie_name(request), "-device",
                       NULL);
}

const char *ej_cookie_second_name(const ej_request_t *request)
{
    return apr_pstrcat(request->r->pool, ej_cookie_name(request), "-second",
                       NULL);
}

const char *ej_cookie_second(const ej_request_t *request)
{
    return ej_cookie_get(request, ej_cookie_second_name(request));
}

static const char *error_name(const ej_request_t *request)
{
    return apr_pstrcat(request->r->pool, ej_cookie_name(request), "-error",
                       NULL);
}

const char *ej_cookie_error(const ej_request_t *request, ej_id_t account_id)
{
    const char *value = NULL;
    ap_cookie_read(request->r, error_name(request), &value, 0);
    if (!value || strspn(value, "0123456789abcdef") != NUMBER ||
        value[NUMBER] != '.')
        return NULL;
    const char *of = value + NUMBER + 1;
    return !strcmp(of, "0") ||
                   !strcmp(of, apr_psprintf(request->r->pool,
                                            "%" APR_INT64_T_FMT, account_id))
               ? apr_pstrmemdup(request->r->pool, value, NUMBER)
               : NULL;
}

void ej_cookie_set_error(const ej_request_t *request, ej_id_t account_id,
                         const char *number)
{
    ej_cookie_set(request, error_name(request),
                  apr_psprintf(request->r->pool, "%s.%" APR_INT64_T_FMT, number,
                               account_id),
                  "");
}

const char *ej_cookie_form_token(const ej_request_t *request)
{
    apr_pool_t *pool = request->r->pool;
    unsigned char sum[EJ_DIGEST];
    const char *name =
        apr_pstrcat(pool, ej_cookie_name(request), "-form", NULL);
    const char *own = ej_cookie_get(request, name);
    if (!own) {
        own = ej_cookie_token(pool);
        ej_cookie_set(request, name, own, "");
    }
    ej_digest_of(sum, own, strlen(own));
    return apr_pescape_hex(pool, sum, 16, 0);
}
