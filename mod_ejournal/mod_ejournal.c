/* mod_ejournal.c: the module record and its hooks.
 *
 * check_config  reads queries and sheets, so that configtest refuses what is
 *               broken (nothing is read again later)
 * child_init    the gate in front of the pool of connections
 * translate     static files; everything else below a mount is ours
 * check_authn, authz provider, handler: core/auth.c and core/ctx.c
 * SPDX-License-Identifier: Apache-2.0
 */
#include <httpd.h>
#include <http_config.h>
#include <http_core.h>
#include <http_log.h>
#include <http_protocol.h>
#include <http_request.h>

#include "config.h"
#include "core/ctx.h"

static void hooks(apr_pool_t *pconf);

AP_DECLARE_MODULE(ejournal) = {STANDARD20_MODULE_STUFF, ej_config_mount_make,
                               ej_config_mount_merge, ej_config_server_make,
                               ej_config_server_merge, ej_config_directives,
                               hooks, 0};

static int check_config(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *ptemp,
                        server_rec *main_server)
{
    (void)plog;
    for (server_rec *s = main_server; s; s = s->next) {
        ej_server_t *conf = ej_server(s);
        const char *wrong = ej_config_load(conf, pconf, ptemp, main_server);
        if (wrong) {
            ap_log_error(APLOG_MARK, APLOG_STARTUP | APLOG_EMERG, 0, s,
                         "ejournal: %s", wrong);
            return HTTP_INTERNAL_SERVER_ERROR;
        }
    }
    return OK;
}

static void child_init(apr_pool_t *pchild, server_rec *s)
{
    ej_db_child(pchild, s);
    ej_session_child(pchild, s);
}

/* Static files go to Apache's own handler, which knows ranges and ETags. */
static int translate(request_rec *r)
{
    const ej_mount_t *mount = ej_mount(r);
    if (!mount->on)
        return DECLINED;
    const char *below = ej_route_below(r, mount);
    if (!below)
        return DECLINED;
    const char *share = ej_server(r->server)->share;
    if (ej_route_is_static(below))
        r->filename = apr_pstrcat(r->pool, share, below, NULL);
    else
        r->filename = apr_pstrcat(r->pool, share, "/page", NULL);
    return OK;
}

static int storage(request_rec *r)
{
    const ej_mount_t *mount = ej_mount(r);
    const char *below = mount->on ? ej_route_below(r, mount) : NULL;
    return below && !ej_route_is_static(below) ? OK : DECLINED;
}

static void hooks(apr_pool_t *pconf)
{
    ap_hook_check_config(check_config, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_child_init(child_init, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_translate_name(translate, NULL, NULL, APR_HOOK_FIRST);
    ap_hook_map_to_storage(storage, NULL, NULL, APR_HOOK_FIRST);
    ap_hook_handler(ej_ctx_handle, NULL, NULL, APR_HOOK_MIDDLE);
    ej_auth_hooks(pconf);
    ej_db_hooks(pconf);
}
