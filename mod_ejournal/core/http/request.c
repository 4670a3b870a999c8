/* request.c: the journal's own record of a request.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "http/request.h"

#include <string.h>

#include <apr_network_io.h>

#include "text/text.h"

#define CREDENTIALS 512 /* bytes of the header Authorization */

/* The path below the mount: "/journals/7"; NULL when uri is not below it. */
static const char *path_below(const char *uri, const ej_mount_t *mount)
{
    apr_size_t length = strlen(mount->base);
    if (!mount->on || strncmp(uri, mount->base, length))
        return NULL;
    if (uri[length] == '\0')
        return "/";
    return uri[length] == '/' ? uri + length : NULL;
}

/* Whether the client's address is one that EjournalMetrics names. */
static int is_watcher(const ej_server_t *conf, request_rec *r)
{
    const apr_array_header_t *watchers = conf->watchers;
    for (int i = 0; watchers && i < watchers->nelts; i++)
        if (apr_ipsubnet_test(APR_ARRAY_IDX(watchers, i, apr_ipsubnet_t *),
                              r->useragent_addr))
            return 1;
    return 0;
}

static int is_bare(const ej_request_t *request)
{
    const char *path = request->path;
    return !strcmp(path, "/health") || !strcmp(path, "/ready") ||
           !strcmp(path, "/error") ||
           (!strcmp(path, "/metrics") &&
            is_watcher(request->conf, request->r));
}

/* Set all fields of a record that follow from the request's address. */
static void find_address(ej_request_t *request)
{
    request_rec *r = request->r;
    request->conf = ej_conf_server(r->server);
    request->mount = ej_conf_mount(r);
    request->path = path_below(r->uri, request->mount);
    request->route = NULL;
    request->values = apr_table_make(r->pool, 4);
    request->is_static =
        request->path && !strncmp(request->path, "/static/", 8);
    request->is_bare = request->path && is_bare(request);
    if (request->path && !request->is_static)
        request->route =
            ej_route_find(request->conf->routes, r->pool,
                          r->method_number == M_POST ? M_POST : M_GET,
                          request->path, request->values);
}

/* Whether the request's address has changed since the record was made:
 * mod_rewrite may change it, and Apache then finds another Location. */
static int is_moved(const ej_request_t *request)
{
    const ej_mount_t *mount = ej_conf_mount(request->r);
    const char *path = path_below(request->r->uri, mount);
    return mount != request->mount ||
           (path ? !request->path || strcmp(path, request->path) != 0
                 : request->path != NULL);
}

ej_request_t *ej_request_of(request_rec *r)
{
    ej_request_t *request =
        ap_get_module_config(r->request_config, &ejournal_module);
    if (!request) {
        request = apr_pcalloc(r->pool, sizeof *request);
        request->r = r;
        ap_set_module_config(r->request_config, &ejournal_module, request);
    }
    else if (!is_moved(request))
        return request;
    find_address(request);
    return request;
}

const char *ej_request_credentials(request_rec *r, const char *scheme)
{
    const char *sent = apr_table_get(r->headers_in, "Authorization");
    apr_size_t length = strlen(scheme);
    if (!sent || strncasecmp(sent, scheme, length) || sent[length] != ' ' ||
        strlen(sent) > CREDENTIALS)
        return NULL;
    sent += length + strspn(sent + length, " ");
    return ej_text_is_clean(sent, strlen(sent), 0) ? sent : NULL;
}
