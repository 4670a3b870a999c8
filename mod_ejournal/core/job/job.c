/* job.c: runs background jobs (sql/objects/job.sql). Every few seconds one
 * child of this Apache has each of its databases run the job that is due.
 * mod_watchdog chooses the one child; several Apaches agree by a lock in the
 * database. SPDX-License-Identifier: Apache-2.0
 */
#include "job/job.h"

#include <apr_optional.h>
#include <http_log.h>
#include <mod_watchdog.h>

#include "db/db.h"
#include "text/err.h"

APLOG_USE_MODULE(ejournal);

#define INTERVAL apr_time_from_sec(10)
#define PATIENCE apr_time_from_sec(5)

/* Whether a host is the first of those that share its pool of connections, and
 * so its database: the jobs are run for the first one only. */
static int is_first(const server_rec *main_server, const server_rec *s)
{
    const char *pool = ej_conf_server(s)->pool;
    for (const server_rec *o = main_server; o != s; o = o->next)
        if (ej_conf_server(o)->is_mounted &&
            !strcmp(ej_conf_server(o)->pool, pool))
            return 0;
    return ej_conf_server(s)->is_mounted;
}

static void log_job(server_rec *s, const ej_result_t *row)
{
    if (!ej_result_rows(row))
        return; /* nothing was due */
    const char *failed = ej_result_get(row, 0, 2);
    ap_log_error(APLOG_MARK, failed && *failed == 't' ? APLOG_ERR : APLOG_DEBUG,
                 0, s, "job %s: %s", ej_result_get(row, 0, 0),
                 ej_result_get(row, 0, 1));
}

/* Log why no job could be run. A missing connection is logged at level debug
 * only: pages log it as an error. */
static void log_failure(server_rec *s, const ej_err_t *err)
{
    int is_busy =
        err->code == JE501 || err->code == JE502 || err->code == JE504;
    ap_log_error(APLOG_MARK, is_busy ? APLOG_DEBUG : APLOG_ERR, 0, s,
                 "job: %s %s", ej_err_name(err->code),
                 err->detail ? err->detail : "-");
}

static void run_due(server_rec *s, apr_pool_t *pool)
{
    ej_result_t *row;
    ej_err_t *err = ej_db_aside(&row, s, pool, "core_job", PATIENCE);
    if (err)
        log_failure(s, err);
    else
        log_job(s, row);
}

static apr_status_t tick(int state, void *main_server, apr_pool_t *pool)
{
    if (state != AP_WATCHDOG_STATE_RUNNING)
        return APR_SUCCESS;
    for (server_rec *s = main_server; s; s = s->next)
        if (is_first(main_server, s))
            run_due(s, pool);
    return APR_SUCCESS;
}

apr_status_t ej_job_start(apr_pool_t *pconf, server_rec *main_server)
{
    ap_watchdog_t *watchdog;
    APR_OPTIONAL_FN_TYPE(ap_watchdog_get_instance) *get =
        APR_RETRIEVE_OPTIONAL_FN(ap_watchdog_get_instance);
    APR_OPTIONAL_FN_TYPE(ap_watchdog_register_callback) *add =
        APR_RETRIEVE_OPTIONAL_FN(ap_watchdog_register_callback);
    if (!get || !add)
        return APR_SUCCESS; /* configtest says so */
    apr_status_t rv = get(&watchdog, "ejournal", 0, 1, pconf);
    return rv == APR_SUCCESS ? add(watchdog, INTERVAL, main_server, tick) : rv;
}
