/* lane.c: threads of one child that work on the databases of all hosts.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "job/lane.h"

#include <apr_atomic.h>
#include <apr_optional.h>
#include <http_log.h>
#include <mod_watchdog.h>

#include "job/run.h"
#include "text/clock.h"

APLOG_USE_MODULE(ejournal);

/* One thread's work. Written by that thread alone. */
struct ej_lane_t {
    apr_array_header_t *places; /* ej_place_t */
    const ej_lane_kind_t *kind;
    volatile apr_uint32_t is_busy; /* it may be in run */
    struct ej_lane_t *next;
};
typedef struct ej_lane_t lane_t;

#define LEAVING apr_time_from_sec(10) /* the time to leave a piece of work in */

/* Whether a host is the first wanted one of its database. */
static int is_first(const server_rec *main_server, const server_rec *s,
                    const ej_lane_kind_t *kind)
{
    const ej_server_t *conf = ej_conf_server(s);
    if (!conf->is_mounted || !conf->jobs || !kind->wants(conf, kind->baton))
        return 0;
    for (const server_rec *o = main_server; o != s; o = o->next) {
        const ej_server_t *other = ej_conf_server(o);
        if (other->is_mounted && other->jobs &&
            kind->wants(other, kind->baton) && !strcmp(other->jobs, conf->jobs))
            return 0;
    }
    return 1;
}

static void disconnect(ej_place_t *place)
{
    if (place->pool)
        apr_pool_destroy(place->pool);
    place->pool = NULL;
    place->control = NULL;
    place->kept = NULL;
}

/* Connect, unless the lane is connected. A failure is logged once, until it has
 * succeeded again. */
static int connect_to(ej_place_t *place, const char *role)
{
    if (place->control && !ej_db_is_lost(place->control))
        return 1;
    disconnect(place);
    apr_pool_create(&place->pool, NULL);
    ej_err_t *err = ej_db_connect(&place->control, place->s, place->pool,
                                  ej_conf_server(place->s)->jobs, role);
    if (err && !place->is_logged)
        ap_log_error(APLOG_MARK, APLOG_NOTICE, 0, place->s,
                     "no connection for jobs: %s", err->detail);
    place->is_logged = err != NULL;
    return !err;
}

static void run_all(const lane_t *lane, ej_place_t *place, apr_pool_t *pool)
{
    int has_run = 1;
    while (has_run && !ej_run_is_stopping() &&
           connect_to(place, lane->kind->role)) {
        apr_pool_t *of_run;
        apr_pool_create(&of_run, pool);
        ej_db_use(place->control, of_run);
        has_run = lane->kind->run(place, lane->kind->baton, of_run);
        apr_pool_destroy(of_run);
    }
}

/* At STOPPING nothing is done: mod_watchdog may call with it from the child's
 * main thread while this one still works. */
static apr_status_t tick(int state, void *data, apr_pool_t *pool)
{
    lane_t *lane = data;
    apr_atomic_set32(&lane->is_busy, 1);
    for (int i = 0;
         state == AP_WATCHDOG_STATE_RUNNING && i < lane->places->nelts; i++)
        run_all(lane, &APR_ARRAY_IDX(lane->places, i, ej_place_t), pool);
    apr_atomic_set32(&lane->is_busy, 0);
    return APR_SUCCESS;
}

/* Wait until the lanes of this child are idle (pool cleanup of a child that
 * ends): mod_watchdog does not wait for its threads. */
static apr_status_t wait_for_lanes(void *lanes)
{
    apr_time_t end = ej_clock() + LEAVING;
    for (lane_t *lane = lanes; lane; lane = lane->next)
        while (apr_atomic_read32(&lane->is_busy) && ej_clock() < end)
            apr_sleep(apr_time_from_msec(10));
    return APR_SUCCESS;
}

void ej_lane_child(apr_pool_t *pchild, server_rec *main_server)
{
    apr_pool_pre_cleanup_register(pchild, ej_conf_server(main_server)->lanes,
                                  wait_for_lanes);
}

apr_status_t ej_lane_start(apr_pool_t *pconf, server_rec *main_server,
                           const ej_lane_kind_t *kind)
{
    ap_watchdog_t *watchdog;
    APR_OPTIONAL_FN_TYPE(ap_watchdog_get_instance) *get =
        APR_RETRIEVE_OPTIONAL_FN(ap_watchdog_get_instance);
    APR_OPTIONAL_FN_TYPE(ap_watchdog_register_callback) *add =
        APR_RETRIEVE_OPTIONAL_FN(ap_watchdog_register_callback);
    if (!get || !add)
        return APR_SUCCESS; /* configtest says so */
    lane_t *lane = apr_pcalloc(pconf, sizeof *lane);
    lane->kind = kind;
    lane->places = apr_array_make(pconf, 1, sizeof(ej_place_t));
    for (server_rec *s = main_server; s; s = s->next)
        if (is_first(main_server, s, kind))
            APR_ARRAY_PUSH(lane->places, ej_place_t) = (ej_place_t){.s = s};
    if (!lane->places->nelts)
        return APR_SUCCESS;
    lane->next = ej_conf_server(main_server)->lanes;
    ej_conf_server(main_server)->lanes = lane;
    apr_status_t rv = get(&watchdog, kind->name, 0, 1, pconf);
    return rv == APR_SUCCESS
               ? add(watchdog, apr_time_from_sec(kind->seconds), lane, tick)
               : rv;
}
