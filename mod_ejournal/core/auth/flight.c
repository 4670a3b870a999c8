/* flight.c: checks of passwords that are under way, so that equal ones of one
 * child share one.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "auth/flight.h"

#include <apr_thread_cond.h>
#include <apr_thread_mutex.h>

static struct {
    apr_thread_mutex_t *mutex;
    apr_thread_cond_t *landed;
    ej_flight_t *first;
} flights; /* written before the threads start, then under mutex */

void ej_flight_child(apr_pool_t *pchild)
{
    apr_thread_mutex_create(&flights.mutex, APR_THREAD_MUTEX_DEFAULT, pchild);
    apr_thread_cond_create(&flights.landed, pchild);
}

/* Join the one that is under way and read what it was told; 0: there is none,
 * and mine is under way from now on. */
int ej_flight_join(ej_flight_t *mine)
{
    ej_flight_t *f;
    apr_thread_mutex_lock(flights.mutex);
    for (f = flights.first; f && memcmp(f->of, mine->of, EJ_DIGEST);)
        f = f->next;
    if (f) {
        f->readers++;
        while (!f->is_over)
            apr_thread_cond_wait(flights.landed, flights.mutex);
        mine->code = f->code;
        memcpy(mine->value, f->value, sizeof mine->value);
        memcpy(mine->digest, f->digest, sizeof mine->digest);
        f->readers--;
        apr_thread_cond_broadcast(flights.landed);
    }
    else {
        mine->next = flights.first;
        flights.first = mine;
    }
    apr_thread_mutex_unlock(flights.mutex);
    return f != NULL;
}

void ej_flight_land(ej_flight_t *mine, const ej_err_t *err, const char *digest)
{
    ej_flight_t **at = &flights.first;
    apr_thread_mutex_lock(flights.mutex);
    while (*at != mine)
        at = &(*at)->next;
    *at = mine->next;
    mine->code = err ? err->code : EJ_OK;
    apr_cpystrn(mine->value, err && err->value ? err->value : "",
                sizeof mine->value);
    apr_cpystrn(mine->digest, digest ? digest : "", sizeof mine->digest);
    mine->is_over = 1;
    apr_thread_cond_broadcast(flights.landed);
    while (mine->readers)
        apr_thread_cond_wait(flights.landed, flights.mutex);
    apr_thread_mutex_unlock(flights.mutex);
}
