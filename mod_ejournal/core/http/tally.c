/* tally.c: counts the answers of all children in shared memory.
 *
 * The memory is anonymous: it is inherited by the children, needs no module and
 * no file, and a child that crashes leaves nothing locked.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "http/tally.h"

#include <apr_atomic.h>
#include <apr_shm.h>

#include "http/request.h"

const int ej_tally_bounds[EJ_TALLY_TIMES] = {5,   10,  25,   50,   100,
                                             250, 500, 1000, 2500, 5000};

/* Written before the threads start. */
static ej_tally_t *tally;

static apr_status_t forget(void *data)
{
    (void)data;
    tally = NULL;
    return APR_SUCCESS;
}

apr_status_t ej_tally_make(apr_pool_t *pconf)
{
    apr_shm_t *memory;
    apr_status_t rv = apr_shm_create(&memory, sizeof *tally, NULL, pconf);
    if (rv != APR_SUCCESS)
        return rv;
    tally = apr_shm_baseaddr_get(memory);
    memset(tally, 0, sizeof *tally);
    tally->since = apr_time_now();
    apr_pool_cleanup_register(pconf, NULL, forget, apr_pool_cleanup_null);
    return APR_SUCCESS;
}

static void add(volatile apr_uint64_t *number, apr_uint64_t more)
{
    apr_atomic_add64(number, more);
}

int ej_tally_count(request_rec *r)
{
    const request_rec *last = r;
    while (last->next) /* Apache's own error pages */
        last = last->next;
    const ej_request_t *request = ej_request_of(r);
    if (!tally || !request->path || request->is_static || request->is_bare)
        return DECLINED;
    int class = last->status / 100 - 1;
    if (class < 0 || class >= EJ_TALLY_CLASSES)
        return DECLINED;
    apr_interval_time_t spent = apr_time_now() - r->request_time;
    int place = 0;
    while (place < EJ_TALLY_TIMES &&
           spent > apr_time_from_msec(ej_tally_bounds[place]))
        place++;
    add(&tally->answers[r->method_number == M_POST][class], 1);
    add(&tally->times[place], 1);
    add(&tally->spent, spent > 0 ? (apr_uint64_t)spent : 0);
    ej_code_t failed = ej_request_of((request_rec *)last)->failed;
    if (failed)
        add(&tally->failures[failed], 1);
    return DECLINED;
}

const ej_tally_t *ej_tally_read(void)
{
    return tally;
}
