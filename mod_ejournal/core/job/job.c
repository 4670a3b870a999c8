/* job.c: the threads that run background jobs.
 *
 * mod_watchdog runs a thread in one child of this Apache; when that child ends,
 * another child's thread follows. There are two: one for repeated jobs, one for
 * jobs that people order, so that a long order does not hold up the sweeping.
 * Each runs one job at a time. Of several Apaches on one database a lock in the
 * database lets one have a job (sql/objects/job.sql).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "job/job.h"

#include <apr_atomic.h>
#include <apr_optional.h>
#include <http_log.h>
#include <mod_watchdog.h>

#include "job/run.h"
#include "text/clock.h"

APLOG_USE_MODULE(ejournal);

static const ej_job_kind_t kinds[] = {
#define EJ_JOB(kind, run, period, deadline) {#kind, run, period, deadline},
#include "jobs.def"
#undef EJ_JOB
};

/* The connection of a lane to one database. */
typedef struct {
    server_rec *s;
    apr_pool_t *pool; /* of the connection */
    ej_db_t *control; /* NULL: not connected */
    int is_logged;    /* that it could not connect */
} place_t;

/* One thread's work: a kind of jobs on every database. Written by that thread
 * alone. */
struct ej_lane_t {
    int is_repeated;
    apr_array_header_t *places;    /* place_t */
    volatile apr_uint32_t is_busy; /* it may be running a job */
    struct ej_lane_t *next;
};
typedef struct ej_lane_t lane_t;

#define LEAVING apr_time_from_sec(10) /* the time to leave a job in */

/* Whether a host is the first of those whose jobs are of the same database. */
static int is_first(const server_rec *main_server, const server_rec *s)
{
    const ej_server_t *conf = ej_conf_server(s);
    for (const server_rec *o = main_server; o != s; o = o->next) {
        const ej_server_t *other = ej_conf_server(o);
        if (other->is_mounted && other->jobs && conf->jobs &&
            !strcmp(other->jobs, conf->jobs))
            return 0;
    }
    return conf->is_mounted && conf->jobs;
}

static void disconnect(place_t *place)
{
    if (place->pool)
        apr_pool_destroy(place->pool);
    place->pool = NULL;
    place->control = NULL;
}

/* Connect, unless the lane is connected. A failure is logged once, until it has
 * succeeded again. */
static int connect_to(place_t *place)
{
    if (place->control && !ej_db_is_lost(place->control))
        return 1;
    disconnect(place);
    apr_pool_create(&place->pool, NULL);
    ej_err_t *err = ej_db_connect(&place->control, place->s, place->pool,
                                  ej_conf_server(place->s)->jobs);
    if (err && !place->is_logged)
        ap_log_error(APLOG_MARK, APLOG_NOTICE, 0, place->s,
                     "no connection for jobs: %s", err->detail);
    place->is_logged = err != NULL;
    return !err;
}

static void run_due(const lane_t *lane, place_t *place, apr_pool_t *pool)
{
    apr_array_header_t *own =
        apr_array_make(pool, 4, sizeof(const ej_job_kind_t *));
    for (apr_size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if ((kinds[i].period > 0) == lane->is_repeated)
            APR_ARRAY_PUSH(own, const ej_job_kind_t *) = &kinds[i];
    int has_run = own->nelts > 0;
    while (has_run && !ej_run_is_stopping() && connect_to(place)) {
        apr_pool_t *of_run;
        apr_pool_create(&of_run, pool);
        has_run = ej_run_one(place->s, place->control, own, of_run);
        apr_pool_destroy(of_run);
    }
}

/* At STOPPING nothing is done: mod_watchdog may call with it from the child's
 * main thread while a job still runs in this one. */
static apr_status_t tick(int state, void *data, apr_pool_t *pool)
{
    lane_t *lane = data;
    apr_atomic_set32(&lane->is_busy, 1);
    for (int i = 0;
         state == AP_WATCHDOG_STATE_RUNNING && i < lane->places->nelts; i++)
        run_due(lane, &APR_ARRAY_IDX(lane->places, i, place_t), pool);
    apr_atomic_set32(&lane->is_busy, 0);
    return APR_SUCCESS;
}

/* Wait until the jobs of this child are left (pool cleanup of a child that
 * ends): mod_watchdog does not wait for its threads. */
static apr_status_t wait_for_lanes(void *lanes)
{
    apr_time_t end = ej_clock() + LEAVING;
    for (lane_t *lane = lanes; lane; lane = lane->next)
        while (apr_atomic_read32(&lane->is_busy) && ej_clock() < end)
            apr_sleep(apr_time_from_msec(10));
    return APR_SUCCESS;
}

void ej_job_child(apr_pool_t *pchild, server_rec *main_server)
{
    apr_pool_pre_cleanup_register(pchild, ej_conf_server(main_server)->lanes,
                                  wait_for_lanes);
}

static apr_status_t start_lane(apr_pool_t *pconf, server_rec *main_server,
                               const char *name, int is_repeated, int seconds)
{
    ap_watchdog_t *watchdog;
    APR_OPTIONAL_FN_TYPE(ap_watchdog_get_instance) *get =
        APR_RETRIEVE_OPTIONAL_FN(ap_watchdog_get_instance);
    APR_OPTIONAL_FN_TYPE(ap_watchdog_register_callback) *add =
        APR_RETRIEVE_OPTIONAL_FN(ap_watchdog_register_callback);
    if (!get || !add)
        return APR_SUCCESS; /* configtest says so */
    lane_t *lane = apr_pcalloc(pconf, sizeof *lane);
    lane->is_repeated = is_repeated;
    lane->places = apr_array_make(pconf, 1, sizeof(place_t));
    for (server_rec *s = main_server; s; s = s->next)
        if (is_first(main_server, s))
            APR_ARRAY_PUSH(lane->places, place_t) = (place_t){.s = s};
    if (!lane->places->nelts)
        return APR_SUCCESS;
    lane->next = ej_conf_server(main_server)->lanes;
    ej_conf_server(main_server)->lanes = lane;
    apr_status_t rv = get(&watchdog, name, 0, 1, pconf);
    return rv == APR_SUCCESS
               ? add(watchdog, apr_time_from_sec(seconds), lane, tick)
               : rv;
}

apr_status_t ej_job_start(apr_pool_t *pconf, server_rec *main_server)
{
    apr_status_t rv =
        start_lane(pconf, main_server, "ejournal-repeated", 1, 10);
    return rv == APR_SUCCESS
               ? start_lane(pconf, main_server, "ejournal-ordered", 0, 1)
               : rv;
}
