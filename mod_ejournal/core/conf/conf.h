/* conf.h: the configuration of a server and of a Location.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_CONF_H
#define EJ_CONF_H

#include <apr_hash.h>
#include <apr_tables.h>
#include <apr_time.h>
#include <httpd.h>
#include <http_config.h>

#define EJ_STATIC 12 /* hexadecimal digits in the address of static files */
#define EJ_FET "/usr/bin/fet-cl" /* where Debian has it */

typedef struct {
    const char *share;        /* EjournalShare */
    const char *forms;        /* EjournalForms: the school's print sheets */
    const char *region_forms; /* its second directory, used after the first */
    const char *exchange;     /* EjournalExchange: kinds of documents */
    const char *outbox;       /* EjournalOutbox: a directory, or NULL */
    apr_array_header_t *exchange_hosts; /* EjournalExchangeHost: const char * */
    const char *foreign_file; /* EjournalForeignSecret */
    int secure;               /* EjournalSecure: 0 unset, 1 on, 2 off */
    apr_array_header_t *origins;  /* EjournalOrigin: const char *, or NULL */
    apr_array_header_t *watchers; /* EjournalMetrics: apr_ipsubnet_t *, or NULL */
    apr_interval_time_t wait;     /* EjournalDatabaseWait */
    apr_off_t body_limit;         /* EjournalBodyLimit */
    int places;                   /* EjournalPlaces: of the gate */
    int reports;                  /* EjournalReports: turns (costly.h), or 0 */
    const char *read_from;        /* EjournalReadFrom: a host's name, or NULL */
    const char *jobs;             /* EjournalJobs: settings of libpq, or NULL */
    const char *fet;              /* EjournalFet: the path of fet-cl, or NULL */
    const char *address;          /* EjournalAddress: of the journal, no / */
    const char *mail, *mail_from; /* EjournalMail: relay and sender, or NULL */
    const char *mail_hour;        /* EjournalMailHour: a number, or NULL */
    const char *support_mail;     /* EjournalSupportMail: an address, or NULL */
    const char *sms;              /* EjournalSms: of the gateway, or NULL */
    const char *mail_file, *sms_file; /* their third and second word */
    int is_mounted;   /* a Location of this server is a journal */
    const char *pool; /* key of mod_dbd's pool: its DBD settings */
    /* made by check_config, const afterwards */
    server_rec *standby; /* the host read_from: its pool finds a standby; or NULL */
    int is_standby;      /* another host names this one as its standby */
    apr_hash_t *sheets; /* feature or print/feature -> xsltStylesheetPtr */
    apr_hash_t *kinds;  /* of documents: name -> ej_paper_t (out/exchange.h) */
    struct ej_passwords_t *passwords;   /* common ones, which are refused */
    struct ej_topics_t *topics;         /* of the guides (doc/topics.h) */
    const char *sheets_digest;          /* of sheets and queries */
    const char *static_digest;          /* of static/: EJ_STATIC digits */
    const char *secret;                 /* new at every start */
    const char *foreign_secret;         /* the text of foreign_file, or NULL */
    const char *mail_login, *sms_login; /* texts of the files, or NULL */
    struct ej_gate_t *gate;             /* made by child_init */
    struct ej_school_t *school;         /* likewise */
    struct ej_brief_t *brief;           /* likewise */
    struct ej_lane_t *lanes; /* threads of jobs; of the main server */
    const struct ej_route_t
        *routes; /* of routes.def; a row of zeros ends them */
} ej_server_t;

typedef struct {
    int is_set; /* this Location has an Ejournal line of its own */
    int on;
    const char *base; /* "" or "/journal"; "" where the journal is not on */
} ej_mount_t;

/* The module record that Apache looks up; all else is hidden (-fvisibility). */
extern struct module_struct ejournal_module
    __attribute__((visibility("default")));
/* The configuration of a server; never NULL. Read-only once the threads run,
 * except the gate's own fields. */
ej_server_t *ej_conf_server(const server_rec *s);
/* The mount that a request is below; never NULL, on is 0 where there is none.
 * Only after Apache walked the locations (pre_translate_name and later). */
ej_mount_t *ej_conf_mount(const request_rec *r);

#endif
