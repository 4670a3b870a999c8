/* origin.c: checks which site a request comes from, and whether over TLS.
 *
 * A proxy in front may change the Host header, and then Origin and Host of the
 * journal's own forms differ: EjournalOrigin lists the addresses by which
 * browsers know the journal. A proxy's headers count only where mod_remoteip
 * trusts the proxy.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "http/origin.h"

#include <apr_uri.h>
#include <http_core.h>
#include <http_protocol.h>

static int is_listed(const apr_array_header_t *origins, const char *origin);
static int is_of_host(request_rec *r, const char *origin);
static int is_https(request_rec *r);

ej_err_t *ej_origin_check(const ej_request_t *request)
{
    request_rec *r = request->r;
    const char *site = apr_table_get(r->headers_in, "Sec-Fetch-Site");
    const char *origin = apr_table_get(r->headers_in, "Origin");
    const char *host = apr_table_get(r->headers_in, "Host");
    const apr_array_header_t *origins = request->conf->origins;

    if (site && strcmp(site, "same-origin"))
        return ej_err(r->pool, JE304, NULL, "Sec-Fetch-Site");
    if (!origin)
        return NULL; /* no browser, or an old one: the form token protects */
    if (origins ? is_listed(origins, origin) : is_of_host(r, origin))
        return NULL;
    return ej_err(r->pool, JE304, NULL,
                  apr_psprintf(r->pool,
                               "Origin %.80s, Host %.80s: behind a proxy see "
                               "EjournalOrigin in ejournal.conf",
                               ap_escape_logitem(r->pool, origin),
                               ap_escape_logitem(r->pool, host ? host : "-")));
}

int ej_origin_is_own(const ej_request_t *request)
{
    const apr_table_t *headers = request->r->headers_in;
    return (apr_table_get(headers, "Sec-Fetch-Site") ||
            apr_table_get(headers, "Origin")) &&
           !ej_origin_check(request);
}

static int is_listed(const apr_array_header_t *origins, const char *origin)
{
    for (int i = 0; i < origins->nelts; i++)
        if (!strcasecmp(APR_ARRAY_IDX(origins, i, const char *), origin))
            return 1;
    return 0;
}

/* Whether an Origin header is that of the request's own Host and scheme. */
static int is_of_host(request_rec *r, const char *origin)
{
    const char *host = apr_table_get(r->headers_in, "Host");
    apr_uri_t uri;
    return apr_uri_parse(r->pool, origin, &uri) == APR_SUCCESS &&
           uri.hostinfo && host && !strcasecmp(uri.hostinfo, host) &&
           (!is_https(r) || !strcasecmp(uri.scheme, "https"));
}

/* Without TLS anybody on the network can read a password, so no form that asks
 * for one may be shown. Besides, a browser drops a Secure cookie that came
 * without TLS: a log-in with the right password would have no effect. */
ej_err_t *ej_origin_is_safe(const ej_request_t *request)
{
    if (request->conf->secure != 1 || is_https(request->r))
        return NULL;
    return ej_err(request->r->pool, JE305, NULL,
                  "EjournalSecure is on and the request came without TLS: see "
                  "tls.conf, and behind a proxy that does TLS EjournalSecure "
                  "in ejournal.conf");
}

int ej_origin_is_trusted(const ej_request_t *request)
{
    const char *host = request->r->hostname ? request->r->hostname : "";
    return is_https(request->r) || !strcmp(host, "localhost") ||
           !strncmp(host, "127.", 4) || !strcmp(host, "[::1]");
}

const char *ej_origin_self(const ej_request_t *request)
{
    request_rec *r = request->r;
    const apr_array_header_t *origins = request->conf->origins;
    const char *host = apr_table_get(r->headers_in, "Host");
    return origins
               ? APR_ARRAY_IDX(origins, 0, const char *)
               : apr_pstrcat(r->pool, is_https(r) ? "https" : "http", "://",
                             host ? host : r->server->server_hostname, NULL);
}

/* Whether the browser came over TLS: to this Apache (or its ServerName says
 * https), or to a proxy that mod_remoteip trusts with the client's address. */
static int is_https(request_rec *r)
{
    const char *proto = apr_table_get(r->headers_in, "X-Forwarded-Proto");
    return !strcmp(ap_http_scheme(r), "https") ||
           (proto && !strcasecmp(proto, "https") &&
            r->useragent_addr != r->connection->client_addr);
}
