/* job.c: the lanes that run background jobs.
 *
 * There are two: one for repeated jobs, one for jobs that people order, so that
 * a long order does not hold up the sweeping. Each runs one job at a time. Of
 * several Apaches on one database a lock in the database lets one have a job
 * (sql/objects/job.sql).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "job/job.h"

#include "job/lane.h"
#include "job/run.h"

static const ej_job_kind_t kinds[] = {
#define EJ_JOB(kind, run, period, deadline) {#kind, run, period, deadline},
#include "jobs.def"
#undef EJ_JOB
};

static const char repeated[] = "repeated", ordered[] = "ordered";

static int wants(const ej_server_t *conf, const void *baton)
{
    (void)conf, (void)baton;
    return 1;
}

/* Run the job of this lane that is due. */
static int run_due(ej_place_t *place, const void *baton, apr_pool_t *pool)
{
    apr_array_header_t *own =
        apr_array_make(pool, 4, sizeof(const ej_job_kind_t *));
    for (apr_size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if ((kinds[i].period > 0) == (baton == repeated))
            APR_ARRAY_PUSH(own, const ej_job_kind_t *) = &kinds[i];
    return own->nelts && ej_run_one(place->s, place->control, own, pool);
}

apr_status_t ej_job_start(apr_pool_t *pconf, server_rec *main_server)
{
    static const ej_lane_kind_t lanes[] = {
        {"ejournal-repeated", NULL, 10, wants, run_due, repeated},
        {"ejournal-ordered", NULL, 1, wants, run_due, ordered}};
    apr_status_t rv = ej_lane_start(pconf, main_server, &lanes[0]);
    return rv == APR_SUCCESS ? ej_lane_start(pconf, main_server, &lanes[1])
                             : rv;
}
