/* mod_ejournal.c: the module record and its hooks.
 *
 * check_config  reads queries and sheets and checks the rest of the
 *               configuration, so that configtest refuses a broken one
 *               (nothing is read again later)
 * post_config   makes the counters (core/http/tally.c), starts the background
 *               jobs (core/job/) and the post (core/post/)
 * child_init    makes each child's gate, hashing places and caches
 * pre_translate refuses encoded slashes and NULs; sets the security headers
 * translate     maps static files; refuses pages without TLS
 * fixups        sets the caching of static files
 * log_transaction, status_hook: counts answers, and shows them in mod_status
 * check_authn, authz provider, handler: core/auth/auth.c and core/page/handle.c
 * SPDX-License-Identifier: Apache-2.0
 */
#include <httpd.h>
#include <http_config.h>
#include <http_core.h>
#include <http_log.h>
#include <http_protocol.h>
#include <http_request.h>
#include <mod_status.h>

#include "auth/auth.h"
#include "auth/check.h"
#include "auth/guess.h"
#include "auth/hash.h"
#include "config.h"
#include "db/db.h"
#include "http/origin.h"
#include "http/request.h"
#include "http/tally.h"
#include "job/job.h"
#include "job/lane.h"
#include "out/send.h"
#include "out/spool.h"
#include "page/answer.h"
#include "page/brief.h"
#include "page/costly.h"
#include "page/handle.h"
#include "page/monitor.h"
#include "page/school.h"
#include "post/post.h"

static void hooks(apr_pool_t *pconf);

AP_DECLARE_MODULE(ejournal) = {STANDARD20_MODULE_STUFF,
                               ej_config_mount_make,
                               ej_config_mount_merge,
                               ej_config_server_make,
                               ej_config_server_merge,
                               ej_config_directives,
                               hooks,
                               0};

static int check_config(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *ptemp,
                        server_rec *main_server)
{
    (void)plog;
    /* a virtual host without an Ejournal directive shares the main server's
     * record: copy it, since its database connections may be others */
    for (server_rec *s = main_server->next; s; s = s->next)
        if (ej_conf_server(s) == ej_conf_server(main_server))
            ap_set_module_config(
                s->module_config, &ejournal_module,
                apr_pmemdup(pconf, ej_conf_server(s), sizeof(ej_server_t)));
    const char *wrong = NULL;
    for (server_rec *s = main_server; s && !wrong; s = s->next)
        wrong = ej_config_standby(s, main_server, ptemp);
    for (server_rec *s = main_server; s; s = s->next) {
        ej_server_t *conf = ej_conf_server(s);
        if (!wrong)
            wrong = ej_config_check(conf, s, pconf, ptemp);
        if (!wrong)
            wrong = ej_config_load(conf, pconf, ptemp, main_server);
        if (wrong) {
            ap_log_error(APLOG_MARK, APLOG_STARTUP | APLOG_EMERG, 0, s,
                         "ejournal: %s", wrong);
            return HTTP_INTERNAL_SERVER_ERROR;
        }
    }
    return OK;
}

/* Make the counters and start the background jobs; not after the first reading of the configuration,
 * whose pool Apache clears before it reads it again. */
static int post_config(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *ptemp,
                       server_rec *main_server)
{
    (void)plog, (void)ptemp;
    if (ap_state_query(AP_SQ_MAIN_STATE) == AP_SQ_MS_CREATE_PRE_CONFIG)
        return OK;
    apr_status_t rv = ej_tally_make(pconf);
    if (rv != APR_SUCCESS)
        ap_log_error(APLOG_MARK, APLOG_WARNING, rv, main_server,
                     "ejournal: no shared memory to count answers in");
    rv = ej_job_start(pconf, main_server);
    if (rv == APR_SUCCESS)
        rv = ej_post_start(pconf, main_server);
    if (rv != APR_SUCCESS)
        ap_log_error(APLOG_MARK, APLOG_CRIT, rv, main_server,
                     "ejournal: mod_watchdog does not run our jobs");
    return rv == APR_SUCCESS ? OK : HTTP_INTERNAL_SERVER_ERROR;
}

static void child_init(apr_pool_t *pchild, server_rec *s)
{
    ej_db_child(pchild, s);
    ej_hash_child(pchild);
    ej_costly_child(pchild, s);
    ej_spool_child(pchild);
    ej_check_child(pchild);
    ej_guess_child(pchild);
    ej_school_child(pchild, s);
    ej_brief_child(pchild, s);
    ej_lane_child(pchild, s);
    ej_post_child(s);
}

/* The length of "/static/" or "/static/<digest>/" at the start of a path. Pages
 * name static files by the digest of their build, so that a browser caches them
 * for ever and still gets new ones after an upgrade. The digest is not checked:
 * with any of them the present files are sent. */
#define PLAIN 8
static apr_size_t static_prefix(const char *below)
{
    apr_size_t n = strspn(below + PLAIN, "0123456789abcdef");
    return n == EJ_STATIC && below[PLAIN + n] == '/' ? PLAIN + n + 1 : PLAIN;
}

/* Refuse addresses with an encoded slash or NUL. Apache would refuse them
 * itself a moment later, but without the mount's ErrorDocument. */
static int pre_translate(request_rec *r)
{
    const char *path = r->parsed_uri.path;
    if (!ej_conf_mount(r)->on || !path)
        return DECLINED;
    ej_send_guard(r);
    return ap_strcasestr(path, "%2f") || strstr(path, "%00") ? HTTP_NOT_FOUND
                                                             : DECLINED;
}

/* Answer a request that came without TLS, before another module asks for a
 * password or reads one. */
static int refuse_without_tls(ej_request_t *request)
{
    ej_err_t *err = request->is_bare ? NULL : ej_origin_is_safe(request);
    int answered = err ? ej_answer_fail(request, err) : DECLINED;
    return answered == OK ? DONE : answered;
}

/* Map an address to a file: a static file for Apache's own handler, which knows
 * ranges and ETags, or a placeholder for a page. */
static int translate(request_rec *r)
{
    ej_request_t *request = ej_request_of(r);
    const char *path = request->path, *share = request->conf->share;
    if (!path)
        return DECLINED;
    if (request->is_static) {
        r->filename = apr_pstrcat(r->pool, share, "/static/",
                                  path + static_prefix(path), NULL);
        return OK;
    }
    r->filename = apr_pstrcat(r->pool, share, "/page", NULL);
    int refused = refuse_without_tls(request);
    return refused == DECLINED ? OK : refused;
}

/* Set the caching of static files: a file named by the digest of this build
 * never changes under that name. */
static int fixups(request_rec *r)
{
    ej_request_t *request = ej_request_of(r);
    if (!request->is_static)
        return DECLINED;
    const char *path = request->path, *digest = request->conf->static_digest;
    int is_forget = !strcmp(path + static_prefix(path), "img/forget.svg");
    if (is_forget && !ej_origin_check(request)) /* no other site's page */
        ej_send_forget(r);
    int is_named = static_prefix(path) > PLAIN &&
                   !strncmp(path + PLAIN, digest, strlen(digest));
    apr_table_setn(r->headers_out, "Cache-Control",
                   is_forget  ? "no-store"
                   : is_named ? "public, max-age=31536000, immutable"
                              : "no-cache");
    return DECLINED;
}

static void hooks(apr_pool_t *pconf)
{
    static const char *const redirects[] = {"mod_alias.c", "mod_rewrite.c",
                                            NULL};
    /* whose threads use what child_init prepares */
    static const char *const watchdogs[] = {"mod_watchdog.c", NULL};
    ap_hook_check_config(check_config, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_post_config(post_config, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_child_init(child_init, NULL, watchdogs, APR_HOOK_MIDDLE);
    ap_hook_pre_translate_name(pre_translate, NULL, NULL, APR_HOOK_FIRST);
    ap_hook_translate_name(translate, redirects, NULL, APR_HOOK_MIDDLE);
    ap_hook_fixups(fixups, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_handler(ej_handle, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_log_transaction(ej_tally_count, NULL, NULL, APR_HOOK_MIDDLE);
    APR_OPTIONAL_HOOK(ap, status_hook, ej_monitor_status, NULL, NULL,
                      APR_HOOK_MIDDLE);
    ej_auth_hooks(pconf);
    ej_db_hooks(pconf);
}
