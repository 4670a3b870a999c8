/* config.c: the directives of the module, and reading its files at configtest.
 *
 * 0 or NULL means "not set" in every field, so one macro merges all.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <apr_escape.h>
#include <apr_lib.h>
#include <apr_network_io.h>

#include <apr_uri.h>

#include <httpd.h>
#include <http_config.h>
#include <http_core.h>

#include "conf/digest.h"
#include "conf/file.h"
#include "conf/passwords.h"
#include "config.h"
#include "doc/topics.h"
#include "out/exchange.h"
#include "out/sheets.h"
#include "text/parse.h"
#include "text/text.h"

#define EJ_INHERIT(field) made->field = add->field ? add->field : base->field

void *ej_config_mount_make(apr_pool_t *pool, char *dir)
{
    (void)dir;
    ej_mount_t *mount = apr_pcalloc(pool, sizeof *mount);
    mount->base = "";
    return mount;
}

void *ej_config_mount_merge(apr_pool_t *pool, void *base_, void *add_)
{
    const ej_mount_t *base = base_, *add = add_;
    return apr_pmemdup(pool, add->is_set ? add : base, sizeof *add);
}

void *ej_config_server_make(apr_pool_t *pool, server_rec *s)
{
    (void)s;
    return apr_pcalloc(pool, sizeof(ej_server_t));
}

void *ej_config_server_merge(apr_pool_t *pool, void *base_, void *add_)
{
    const ej_server_t *base = base_, *add = add_;
    ej_server_t *made = apr_pcalloc(pool, sizeof *made);
    EJ_INHERIT(share);
    EJ_INHERIT(forms);
    EJ_INHERIT(region_forms);
    EJ_INHERIT(exchange);
    EJ_INHERIT(outbox);
    EJ_INHERIT(exchange_hosts);
    EJ_INHERIT(foreign_file);
    EJ_INHERIT(secure);
    EJ_INHERIT(origins);
    EJ_INHERIT(watchers);
    EJ_INHERIT(wait);
    EJ_INHERIT(body_limit);
    EJ_INHERIT(places);
    EJ_INHERIT(read_from);
    EJ_INHERIT(jobs);
    EJ_INHERIT(fet);
    EJ_INHERIT(address);
    EJ_INHERIT(mail);
    EJ_INHERIT(mail_from);
    EJ_INHERIT(mail_file);
    EJ_INHERIT(mail_hour);
    EJ_INHERIT(support_mail);
    EJ_INHERIT(sms);
    EJ_INHERIT(sms_file);
    EJ_INHERIT(is_mounted);
    return made;
}

static const char *set_mount(cmd_parms *cmd, void *mount_, int on)
{
    ej_mount_t *mount = mount_;
    const ap_directive_t *in = cmd->directive->parent;
    /* <LocationMatch>, <Location ~ …> and <Directory> name no path: refused */
    if (!in || strcasecmp(in->directive, "<Location") || !cmd->path ||
        cmd->path[0] != '/' || in->args[strspn(in->args, " \t\"")] == '~')
        return "Ejournal belongs into a <Location /path>";
    apr_size_t length = strlen(cmd->path);
    while (length && cmd->path[length - 1] == '/')
        length--;
    mount->base = apr_pstrmemdup(cmd->pool, cmd->path, length);
    mount->is_set = 1;
    mount->on = on;
    if (on)
        ej_conf_server(cmd->server)->is_mounted = 1;
    return NULL;
}

static const char *set_share(cmd_parms *cmd, void *mount, const char *value)
{
    (void)mount;
    ej_conf_server(cmd->server)->share =
        ap_server_root_relative(cmd->pool, value);
    return NULL;
}

static const char *set_forms(cmd_parms *cmd, void *mount, const char *school,
                             const char *region)
{
    (void)mount;
    ej_server_t *conf = ej_conf_server(cmd->server);
    conf->forms = ap_server_root_relative(cmd->pool, school);
    conf->region_forms =
        region ? ap_server_root_relative(cmd->pool, region) : NULL;
    return NULL;
}

static const char *set_exchange(cmd_parms *cmd, void *mount, const char *value)
{
    (void)mount;
    ej_conf_server(cmd->server)->exchange =
        ap_server_root_relative(cmd->pool, value);
    return NULL;
}

static const char *set_outbox(cmd_parms *cmd, void *mount, const char *value)
{
    (void)mount;
    ej_conf_server(cmd->server)->outbox =
        ap_server_root_relative(cmd->pool, value);
    return NULL;
}

static const char *set_exchange_host(cmd_parms *cmd, void *mount,
                                     const char *value)
{
    (void)mount;
    ej_server_t *conf = ej_conf_server(cmd->server);
    if (strpbrk(value, "/@ "))
        return "EjournalExchangeHost takes names of hosts: receiver.example or "
               "receiver.example:8443";
    if (!conf->exchange_hosts)
        conf->exchange_hosts = apr_array_make(cmd->pool, 2, sizeof(char *));
    APR_ARRAY_PUSH(conf->exchange_hosts, const char *) = value;
    return NULL;
}

static const char *set_foreign(cmd_parms *cmd, void *mount, const char *value)
{
    (void)mount;
    ej_conf_server(cmd->server)->foreign_file =
        ap_server_root_relative(cmd->pool, value);
    return NULL;
}

static const char *set_jobs(cmd_parms *cmd, void *mount, const char *value)
{
    (void)mount;
    ej_conf_server(cmd->server)->jobs = value;
    return NULL;
}

static const char *set_fet(cmd_parms *cmd, void *mount, const char *value)
{
    (void)mount;
    if (*value != '/')
        return "EjournalFet is the whole path of fet-cl";
    ej_conf_server(cmd->server)->fet = value;
    return NULL;
}

/* Whether a word is an address of one of these schemes. */
static int is_url(cmd_parms *cmd, const char *value, const char *scheme,
                  const char *safe)
{
    apr_uri_t uri;
    return apr_uri_parse(cmd->temp_pool, value, &uri) == APR_SUCCESS &&
           uri.scheme && uri.hostname && *uri.hostname && !uri.user &&
           !uri.query && !uri.fragment &&
           (!strcmp(uri.scheme, scheme) || !strcmp(uri.scheme, safe));
}

static const char *set_address(cmd_parms *cmd, void *mount, const char *value)
{
    (void)mount;
    apr_size_t length = strlen(value);
    if (!is_url(cmd, value, "http", "https"))
        return "EjournalAddress takes https://host/path";
    while (value[length - 1] == '/')
        length--;
    ej_conf_server(cmd->server)->address =
        apr_pstrmemdup(cmd->pool, value, length);
    return NULL;
}

/* Whether a word is the address of a mailbox, user@host. */
static int is_mailbox(const char *word)
{
    const char *at = strchr(word, '@');
    return at && at != word && at[1] && !strpbrk(word, "<> \t");
}

static const char *set_mail(cmd_parms *cmd, void *mount, const char *relay,
                            const char *from, const char *file)
{
    ej_server_t *conf = ej_conf_server(cmd->server);
    (void)mount;
    if (!is_url(cmd, relay, "smtp", "smtps"))
        return "EjournalMail takes smtp://host:port or smtps://host:port";
    if (!is_mailbox(from))
        return "EjournalMail takes the sender's address as second word";
    conf->mail = relay;
    conf->mail_from = from;
    conf->mail_file =
        file ? ap_server_root_relative(cmd->pool, file) : conf->mail_file;
    return NULL;
}

static const char *set_support(cmd_parms *cmd, void *mount, const char *address)
{
    (void)mount;
    if (!is_mailbox(address) || strlen(address) > 254)
        return "EjournalSupportMail takes the address of a mailbox";
    ej_conf_server(cmd->server)->support_mail = address;
    return NULL;
}

static const char *set_hour(cmd_parms *cmd, void *mount, const char *value)
{
    (void)mount;
    int letters;
    if (!ej_parse_number(&letters, value, 1, 1000000))
        return "EjournalMailHour takes 1 to 1000000";
    ej_conf_server(cmd->server)->mail_hour = value;
    return NULL;
}

static const char *set_sms(cmd_parms *cmd, void *mount, const char *gateway,
                           const char *file)
{
    ej_server_t *conf = ej_conf_server(cmd->server);
    (void)mount;
    if (!is_url(cmd, gateway, "http", "https"))
        return "EjournalSms takes http://host:port/path or https://…";
    conf->sms = gateway;
    conf->sms_file = ap_server_root_relative(cmd->pool, file);
    return NULL;
}

static const char *set_secure(cmd_parms *cmd, void *mount, int on)
{
    (void)mount;
    ej_conf_server(cmd->server)->secure = on ? 1 : 2;
    return NULL;
}

/* Add an origin in the form that browsers send: without the default port of its
 * scheme and without a path. */
static const char *set_origin(cmd_parms *cmd, void *mount, const char *value)
{
    (void)mount;
    ej_server_t *conf = ej_conf_server(cmd->server);
    apr_uri_t uri;
    if (apr_uri_parse(cmd->pool, value, &uri) != APR_SUCCESS || !uri.scheme ||
        (strcmp(uri.scheme, "https") && strcmp(uri.scheme, "http")) ||
        !uri.hostname || !*uri.hostname || uri.user ||
        (uri.path && strcmp(uri.path, "/")) || uri.query || uri.fragment)
        return "EjournalOrigin takes https://host or https://host:port";
    if (!conf->origins)
        conf->origins = apr_array_make(cmd->pool, 1, sizeof(char *));
    int is_usual = uri.port == apr_uri_port_of_scheme(uri.scheme);
    const char *host =
        strchr(uri.hostname, ':')
            ? apr_pstrcat(cmd->pool, "[", uri.hostname, "]", NULL)
            : uri.hostname;
    APR_ARRAY_PUSH(conf->origins, const char *) =
        apr_pstrcat(cmd->pool, uri.scheme, "://", host,
                    uri.port_str && !is_usual ? ":" : "",
                    uri.port_str && !is_usual ? uri.port_str : "", NULL);
    return NULL;
}

/* Add an address, or a network as 10.0.0.0/8. */
static const char *set_metrics(cmd_parms *cmd, void *mount, const char *value)
{
    (void)mount;
    ej_server_t *conf = ej_conf_server(cmd->server);
    const char *bits = strchr(value, '/');
    const char *address =
        bits ? apr_pstrmemdup(cmd->pool, value, bits - value) : value;
    apr_ipsubnet_t *watcher;
    if (apr_ipsubnet_create(&watcher, address, bits ? bits + 1 : NULL,
                            cmd->pool) != APR_SUCCESS)
        return "EjournalMetrics takes addresses: 127.0.0.1, ::1, 10.0.0.0/8";
    if (!conf->watchers)
        conf->watchers = apr_array_make(cmd->pool, 2, sizeof watcher);
    APR_ARRAY_PUSH(conf->watchers, apr_ipsubnet_t *) = watcher;
    return NULL;
}

static const char *set_wait(cmd_parms *cmd, void *mount, const char *value)
{
    (void)mount;
    apr_interval_time_t wait;
    if (ap_timeout_parameter_parse(value, &wait, "s") != APR_SUCCESS ||
        wait < apr_time_from_msec(10) || wait > apr_time_from_sec(30))
        return "EjournalDatabaseWait takes 10ms to 30s";
    ej_conf_server(cmd->server)->wait = wait;
    return NULL;
}

static const char *set_body_limit(cmd_parms *cmd, void *mount,
                                  const char *value)
{
    (void)mount;
    char *end;
    apr_off_t limit;
    if (apr_strtoff(&limit, value, &end, 10) != APR_SUCCESS || end == value)
        return "EjournalBodyLimit takes a number of bytes, or 64k, 2m";
    if (*end == 'k' || *end == 'K')
        limit *= 1024, end++;
    else if (*end == 'm' || *end == 'M')
        limit *= 1024 * 1024, end++;
    if (*end || limit < 1024 || limit > 64 * 1024 * 1024)
        return "EjournalBodyLimit takes 1k to 64m";
    ej_conf_server(cmd->server)->body_limit = limit;
    return NULL;
}

static const char *set_places(cmd_parms *cmd, void *mount, const char *value)
{
    (void)mount;
    int places;
    if (!ej_parse_number(&places, value, 1, 1000))
        return "EjournalPlaces takes 1 to 1000";
    ej_conf_server(cmd->server)->places = places;
    return NULL;
}

static const char *set_reports(cmd_parms *cmd, void *mount, const char *value)
{
    (void)mount;
    int reports;
    if (!ej_parse_number(&reports, value, 1, 1000))
        return "EjournalReports takes 1 to 1000";
    ej_conf_server(cmd->server)->reports = reports;
    return NULL;
}

static const char *set_read_from(cmd_parms *cmd, void *mount, const char *value)
{
    (void)mount;
    ej_conf_server(cmd->server)->read_from = value;
    return NULL;
}

const command_rec ej_config_directives[] = {
    AP_INIT_FLAG("Ejournal", set_mount, NULL, ACCESS_CONF,
                 "On: the journal is served below this Location"),
    AP_INIT_TAKE1("EjournalShare", set_share, NULL, RSRC_CONF,
                  "the directory of xslt/ and static/"),
    AP_INIT_TAKE12("EjournalForms", set_forms, NULL, RSRC_CONF,
                   "a directory whose print sheets win over the shipped ones"),
    AP_INIT_TAKE1("EjournalExchange", set_exchange, NULL, RSRC_CONF,
                  "a directory of more kinds of documents for other systems"),
    AP_INIT_TAKE1("EjournalOutbox", set_outbox, NULL, RSRC_CONF,
                  "the directory in which documents are put for others"),
    AP_INIT_ITERATE("EjournalExchangeHost", set_exchange_host, NULL, RSRC_CONF,
                    "the hosts to which documents are sent by HTTPS"),
    AP_INIT_TAKE1("EjournalForeignSecret", set_foreign, NULL, RSRC_CONF,
                  "a file with the secret by which the database lets another "
                  "module's users in"),
    AP_INIT_FLAG("EjournalSecure", set_secure, NULL, RSRC_CONF,
                 "Off only where there is no TLS: a cookie without Secure"),
    AP_INIT_ITERATE("EjournalOrigin", set_origin, NULL, RSRC_CONF,
                    "the addresses by which browsers know this site, where a "
                    "proxy in front writes another Host"),
    AP_INIT_ITERATE("EjournalMetrics", set_metrics, NULL, RSRC_CONF,
                    "the addresses and networks that may read /metrics"),
    AP_INIT_TAKE1("EjournalDatabaseWait", set_wait, NULL, RSRC_CONF,
                  "how long a request may wait for a connection (1s)"),
    AP_INIT_TAKE1("EjournalBodyLimit", set_body_limit, NULL, RSRC_CONF,
                  "the largest form (1m)"),
    AP_INIT_TAKE1("EjournalPlaces", set_places, NULL, RSRC_CONF,
                  "requests of one child that hold a connection at once; "
                  "not more than DBDMax, which is the default"),
    AP_INIT_TAKE1("EjournalReadFrom", set_read_from, NULL, RSRC_CONF,
                  "the ServerName of a virtual host whose database settings "
                  "find a standby: from it pages are read while there is no "
                  "primary"),
    AP_INIT_TAKE1("EjournalReports", set_reports, NULL, RSRC_CONF,
                  "reports, and books, that one child makes at once (1)"),
    AP_INIT_TAKE1("EjournalJobs", set_jobs, NULL, RSRC_CONF,
                  "how background jobs connect to the database, as ej_job; "
                  "letters are sent as ej_sender"),
    AP_INIT_TAKE1("EjournalFet", set_fet, NULL, RSRC_CONF,
                  "the program that composes timetables (/usr/bin/fet-cl)"),
    AP_INIT_TAKE1("EjournalAddress", set_address, NULL, RSRC_CONF,
                  "the address of the journal, for links in letters"),
    AP_INIT_TAKE23("EjournalMail", set_mail, NULL, RSRC_CONF,
                   "the mail relay, the sender's address, and a file with "
                   "user:password"),
    AP_INIT_TAKE1("EjournalMailHour", set_hour, NULL, RSRC_CONF,
                  "how many letters the relay takes in an hour; "
                  "any number is the default"),
    AP_INIT_TAKE1("EjournalSupportMail", set_support, NULL, RSRC_CONF,
                  "the address to which requests for support are sent too"),
    AP_INIT_TAKE2("EjournalSms", set_sms, NULL, RSRC_CONF,
                  "the gateway for short messages, and a file with "
                  "user:password"),
    {NULL, {NULL}, NULL, 0, 0, NULL}};

/* Set *secret to the line of a file, which only root need be able to read; a
 * NULL file has none. NULL or the line to show at configtest. */
static const char *read_secret(const char **secret, const char *directive,
                               const char *file, apr_pool_t *pconf,
                               apr_pool_t *ptemp)
{
    const char *text;
    apr_size_t length;
    apr_finfo_t info;
    if (!file)
        return NULL;
    const char *wrong = ej_file_read(&text, &length, ptemp, ptemp, file);
    if (wrong)
        return apr_pstrcat(ptemp, directive, " ", wrong, NULL);
    if (apr_stat(&info, file, APR_FINFO_PROT, ptemp) == APR_SUCCESS &&
        info.protection & APR_FPROT_WREAD)
        return apr_pstrcat(ptemp, directive, " ", file,
                           " can be read by everybody: chmod 600", NULL);
    while (length && apr_isspace(text[length - 1]))
        length--;
    *secret = apr_pstrmemdup(pconf, text, length);
    return ej_text_is_clean(*secret, length, 0)
               ? NULL
               : apr_pstrcat(ptemp, directive, " ", file, " is no line of text",
                             NULL);
}

static const char *read_foreign(ej_server_t *conf, apr_pool_t *pconf,
                                apr_pool_t *ptemp)
{
    const char *wrong =
        read_secret(&conf->foreign_secret, "EjournalForeignSecret",
                    conf->foreign_file, pconf, ptemp);
    if (wrong || !conf->foreign_secret || strlen(conf->foreign_secret) >= 32)
        return wrong;
    return apr_pstrcat(ptemp, "EjournalForeignSecret ", conf->foreign_file,
                       " is no line of 32 characters or more: "
                       "openssl rand -hex 32",
                       NULL);
}

/* Read the log-ins for the relay and the gateway. */
static const char *read_logins(ej_server_t *conf, apr_pool_t *pconf,
                               apr_pool_t *ptemp)
{
    if (conf->support_mail && !conf->mail)
        return "EjournalSupportMail needs EjournalMail";
    if (conf->mail_hour && !conf->mail)
        return "EjournalMailHour needs EjournalMail";
    if ((conf->mail || conf->sms) && !conf->address)
        return "EjournalMail and EjournalSms need EjournalAddress";
    const char *wrong = read_secret(&conf->mail_login, "EjournalMail",
                                    conf->mail_file, pconf, ptemp);
    if (!wrong)
        wrong = read_secret(&conf->sms_login, "EjournalSms", conf->sms_file,
                            pconf, ptemp);
    if (wrong || ((!conf->mail_login || strchr(conf->mail_login, ':')) &&
                  (!conf->sms_login || strchr(conf->sms_login, ':'))))
        return wrong;
    return "EjournalMail, EjournalSms: the file is no line user:password";
}

/* Whether two directories, or the lack of one, are the same. */
static int is_same(const char *one, const char *other)
{
    return !strcmp(one ? one : "", other ? other : "");
}

const char *ej_config_load(ej_server_t *conf, apr_pool_t *pconf,
                           apr_pool_t *ptemp, server_rec *main_server)
{
    const ej_server_t *first = ej_conf_server(main_server);
    if (!conf->share)
        conf->share = "/usr/share/ejournal";
    if (!conf->wait)
        conf->wait = apr_time_from_sec(1);
    if (!conf->body_limit)
        conf->body_limit = 1024 * 1024;
    if (!conf->secure)
        conf->secure = 1;
    unsigned char secret[16];
    ej_digest_random(secret, sizeof secret);
    conf->secret = apr_pescape_hex(pconf, secret, sizeof secret, 0);
    const char *wrong = read_foreign(conf, pconf, ptemp);
    if (!wrong)
        wrong = read_logins(conf, pconf, ptemp);
    if (wrong)
        return wrong;
    conf->routes = ej_config_routes(pconf);
    if (conf != first && !strcmp(conf->share, first->share) &&
        is_same(conf->forms, first->forms) &&
        is_same(conf->region_forms, first->region_forms) &&
        is_same(conf->exchange, first->exchange)) {
        conf->sheets = first->sheets;
        conf->kinds = first->kinds;
        conf->passwords = first->passwords;
        conf->topics = first->topics;
        conf->sheets_digest = first->sheets_digest;
        conf->static_digest = first->static_digest;
        return NULL;
    }
    const apr_array_header_t *features =
        ej_config_features(ptemp, conf->routes);
    wrong = ej_passwords_load(
        &conf->passwords, pconf, ptemp,
        apr_pstrcat(ptemp, conf->share, "/common-passwords.txt", NULL));
    if (!wrong)
        wrong = ej_sheets_load(conf, pconf, ptemp, features);
    if (!wrong)
        ej_exchange_load(conf, pconf, ptemp);
    if (!wrong)
        wrong = ej_topics_load(conf, pconf, ptemp);
    if (!wrong)
        wrong = ej_config_check_routes(conf, ptemp, features);
    return wrong;
}
