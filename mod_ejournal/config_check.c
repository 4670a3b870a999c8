/* config_check.c: checks at configtest the settings of other modules that the
 * journal needs.
 *
 * mod_dbd does not publish its settings, so they are read from Apache's tree of
 * directives. A setting not found there has mod_dbd's default.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <httpd.h>
#include <http_config.h>
#include <http_log.h>

#include "config.h"
#include "text/parse.h"

APLOG_USE_MODULE(ejournal);

#define DBD_MAX 10 /* mod_dbd's default of DBDMax */
#define MOST 1000  /* the largest EjournalPlaces */

/* The last value of a directive among nodes and their children, except virtual
 * hosts; returns found when there is none. */
static const char *last_value(const ap_directive_t *node, const char *name,
                              const char *found)
{
    for (; node; node = node->next) {
        if (!strcasecmp(node->directive, name))
            found = node->args;
        else if (node->directive[0] == '<' &&
                 strcasecmp(node->directive, "<VirtualHost"))
            found = last_value(node->first_child, name, found);
    }
    return found;
}

/* The block of a virtual host. */
static const ap_directive_t *host_of(const ap_directive_t *node,
                                     const server_rec *s)
{
    for (; node; node = node->next) {
        if (node->directive[0] != '<')
            continue;
        if (s->defn_name && node->line_num == (int)s->defn_line_number &&
            !strcasecmp(node->directive, "<VirtualHost") &&
            !strcmp(node->filename, s->defn_name))
            return node;
        const ap_directive_t *inner = host_of(node->first_child, s);
        if (inner)
            return inner;
    }
    return NULL;
}

/* The value that mod_dbd uses for a server; NULL when it is not set. */
static const char *setting(const server_rec *s, apr_pool_t *pool,
                           const char *name)
{
    const char *found = NULL;
    const ap_directive_t *host = s->is_virtual ? host_of(ap_conftree, s) : NULL;
    if (host)
        found = last_value(host->first_child, name, NULL);
    if (!found)
        found = last_value(ap_conftree, name, NULL);
    return found ? ap_getword_conf(pool, &found) : NULL;
}

/* The key of a server's pool: servers with equal settings share one in mod_dbd.
 */
static const char *pool_key(const server_rec *s, apr_pool_t *pool)
{
    static const char *const names[] = {"DBDriver",  "DBDParams", "DBDMin",
                                        "DBDKeep",   "DBDMax",    "DBDExptime",
                                        "DBDPersist"};
    apr_array_header_t *parts = apr_array_make(pool, 16, sizeof(char *));
    for (apr_size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = setting(s, pool, names[i]);
        APR_ARRAY_PUSH(parts, const char *) = value ? value : "";
        APR_ARRAY_PUSH(parts, const char *) = "\n";
    }
    return apr_array_pstrcat(pool, parts, 0);
}

static const char *check_database(ej_server_t *conf, const server_rec *s,
                                  apr_pool_t *ptemp)
{
    int most = DBD_MAX;
    const char *driver = setting(s, ptemp, "DBDriver");
    const char *max = setting(s, ptemp, "DBDMax");
    if (!ap_find_linked_module("mod_dbd.c"))
        return "mod_dbd is not loaded: a2enmod dbd";
    if (!driver)
        return "DBDriver pgsql is missing";
    if (strcasecmp(driver, "pgsql"))
        return apr_pstrcat(ptemp, "DBDriver is ", driver, ", not pgsql", NULL);
    if (!conf->is_standby &&
        (!conf->jobs || !ap_find_linked_module("mod_watchdog.c")))
        ap_log_error(APLOG_MARK, APLOG_STARTUP | APLOG_NOTICE, 0, s,
                     "ejournal: %s: no background job runs here, ended "
                     "sessions and old operations are not swept",
                     conf->jobs ? "mod_watchdog is not loaded"
                                : "EjournalJobs is missing");
    if (max && !ej_parse_number(&most, max, 1, 1000000))
        ap_log_error(APLOG_MARK, APLOG_STARTUP | APLOG_WARNING, 0, s,
                     "ejournal: cannot tell whether EjournalPlaces fits "
                     "DBDMax %s",
                     max);
    else if (conf->places > most)
        return apr_psprintf(ptemp,
                            "EjournalPlaces %d is more than DBDMax %d: pages "
                            "would wait in mod_dbd without an end",
                            conf->places, most);
    if (!conf->places)
        conf->places = most < MOST ? most : MOST;
    return NULL;
}

/* The directory that this directive names is one, where it is set. */
static const char *check_folder(const char *directive, const char *folder,
                                apr_pool_t *ptemp)
{
    apr_finfo_t info;
    return folder && (apr_stat(&info, folder, APR_FINFO_TYPE, ptemp) !=
                          APR_SUCCESS ||
                      info.filetype != APR_DIR)
               ? apr_pstrcat(ptemp, directive, " ", folder,
                             " is no directory", NULL)
               : NULL;
}

const char *ej_config_check(ej_server_t *conf, const server_rec *s,
                            apr_pool_t *pconf, apr_pool_t *ptemp)
{
    const char *wrong = check_folder("EjournalForms", conf->forms, ptemp);
    if (!wrong)
        wrong = check_folder("EjournalForms", conf->region_forms, ptemp);
    if (!wrong)
        wrong = check_folder("EjournalExchange", conf->exchange, ptemp);
    if (!wrong)
        wrong = check_folder("EjournalOutbox", conf->outbox, ptemp);
    if (wrong)
        return wrong;
    conf->pool = pool_key(s, pconf);
    return conf->is_mounted || conf->is_standby ? check_database(conf, s, ptemp)
                                               : NULL;
}

const char *ej_config_standby(server_rec *s, server_rec *main_server,
                              apr_pool_t *ptemp)
{
    ej_server_t *conf = ej_conf_server(s);
    if (!conf->read_from)
        return NULL;
    for (server_rec *host = main_server; host; host = host->next)
        if (host->is_virtual && host->server_hostname &&
            !strcasecmp(host->server_hostname, conf->read_from)) {
            conf->standby = host == s ? NULL : host;
            ej_conf_server(host)->is_standby = 1;
            return NULL;
        }
    return apr_pstrcat(ptemp, "EjournalReadFrom ", conf->read_from,
                       ": no <VirtualHost> has this ServerName", NULL);
}
