/* gate.c: limits how many requests of a child hold a database connection at
 * once, and how long a request waits for one.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "db/gate.h"

#include <apr_atomic.h>
#include <http_log.h>

#include "db/db.h"
#include "text/clock.h"

APLOG_USE_MODULE(ejournal);

#define PLACES 8 /* when EjournalPlaces is not set */
/* The pause after a failed connect. Requests sit a short pause out and are
 * refused during a longer one. */
#define SHORT_PAUSE apr_time_from_msec(100)
#define LONG_PAUSE apr_time_from_sec(1)
#define SLOW_CONNECT apr_time_from_msec(500)
/* How long pages are not read from a server that gave no answer. */
#define LATE apr_time_from_sec(10)

static apr_status_t make_lock(apr_thread_mutex_t **mutex,
                              apr_thread_cond_t **cond, apr_pool_t *pool)
{
    apr_status_t rv =
        apr_thread_mutex_create(mutex, APR_THREAD_MUTEX_DEFAULT, pool);
    return rv == APR_SUCCESS ? apr_thread_cond_create(cond, pool) : rv;
}

/* Set *places to the places of a pool; makes them for its first host. */
static apr_status_t places_of(ej_places_t **places, ej_places_t **all,
                              const char *pool, apr_pool_t *pchild)
{
    for (*places = *all; *places; *places = (*places)->next)
        if (!strcmp((*places)->pool, pool))
            return APR_SUCCESS;
    *places = apr_pcalloc(pchild, sizeof **places);
    (*places)->pool = pool;
    (*places)->next = *all;
    *all = *places;
    return make_lock(&(*places)->mutex, &(*places)->cond, pchild);
}

void ej_db_child(apr_pool_t *pchild, server_rec *s)
{
    ej_places_t *all = NULL;
    for (; s; s = s->next) {
        ej_server_t *conf = ej_conf_server(s);
        ej_gate_t *gate = apr_pcalloc(pchild, sizeof *gate);
        apr_status_t rv = places_of(&gate->places, &all,
                                    conf->pool ? conf->pool : "", pchild);
        if (rv == APR_SUCCESS)
            rv = make_lock(&gate->mutex, &gate->cond, pchild);
        if (rv != APR_SUCCESS) {
            ap_log_error(APLOG_MARK, APLOG_CRIT, rv, s, "ejournal: no gate");
            return; /* every take answers JE501 */
        }
        int most = conf->places > 0 ? conf->places : PLACES;
        if (gate->places->most < most)
            gate->places->most = most;
        gate->wait = conf->wait ? conf->wait : apr_time_from_sec(1);
        conf->gate = gate;
    }
}

int ej_gate_enter(const ej_gate_t *gate, apr_interval_time_t wait)
{
    ej_places_t *places = gate->places;
    apr_time_t end = ej_clock() + wait;
    apr_thread_mutex_lock(places->mutex);
    while (places->taken >= places->most) {
        apr_interval_time_t left = end - ej_clock();
        if (left <= 0)
            break;
        apr_thread_cond_timedwait(places->cond, places->mutex, left);
    }
    int is_in = places->taken < places->most;
    places->taken += is_in;
    apr_thread_mutex_unlock(places->mutex);
    return is_in;
}

void ej_gate_leave(const ej_gate_t *gate)
{
    ej_places_t *places = gate->places;
    apr_thread_mutex_lock(places->mutex);
    places->taken--;
    apr_thread_cond_signal(places->cond);
    apr_thread_mutex_unlock(places->mutex);
}

/* Whether mod_dbd has a live connection for the next request. */
static int is_one_live(ej_places_t *places, int is_in)
{
    apr_thread_mutex_lock(places->mutex);
    int users = places->taken + !is_in;
    apr_thread_mutex_unlock(places->mutex);
    return apr_atomic_read32(&places->live) >= (apr_uint32_t)users;
}

int ej_gate_is_down(const ej_gate_t *gate, int is_in)
{
    apr_time_t until = (apr_time_t)apr_atomic_read64(&gate->places->down_until);
    apr_interval_time_t left = until - ej_clock();
    if (left <= 0 || is_one_live(gate->places, is_in))
        return 0;
    if (left > SHORT_PAUSE)
        return 1;
    apr_sleep(left);
    return 0;
}

void ej_gate_set_down(const ej_gate_t *gate, apr_time_t began)
{
    apr_time_t now = ej_clock();
    /* A server that refuses soon may be about to accept: a longer pause would
     * refuse people after the server is back. */
    apr_interval_time_t pause =
        now - began < SLOW_CONNECT ? SHORT_PAUSE : LONG_PAUSE;
    apr_atomic_set64(&gate->places->down_until, (apr_uint64_t)(now + pause));
}

int ej_gate_is_late(const ej_gate_t *gate)
{
    apr_time_t until = (apr_time_t)apr_atomic_read64(&gate->places->late_until);
    return until && until > ej_clock();
}

int ej_gate_is_away(const ej_gate_t *gate)
{
    apr_time_t until = (apr_time_t)apr_atomic_read64(&gate->places->down_until);
    return ej_gate_is_late(gate) ||
           (until > ej_clock() && !is_one_live(gate->places, 0));
}

void ej_gate_set_late(const ej_gate_t *gate, int is_late)
{
    if (is_late || apr_atomic_read64(&gate->places->late_until))
        apr_atomic_set64(&gate->places->late_until,
                         is_late ? (apr_uint64_t)(ej_clock() + LATE) : 0);
}
