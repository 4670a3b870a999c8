/* jobs.c: the page of background jobs: what ran, runs and will run.
 *
 * Rooms: sql/queries/jobs.sql, xslt/jobs.xsl, tests/jobs/
 * Rules: who ordered a job watches it and cancels it; the administrator
 *        watches and cancels those of the school (sql/objects/job.sql)
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the jobs of the school, and the runs of repeated ones.
 * Makes: <jobs view="list"><job …/>… */
ej_err_t *ej_jobs_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_rows(c, ej_page_node(c), "jobs_list", p);
    return NULL;
}

/* Show one job and how far it is.
 * Makes: <jobs view="show" job_id= kind= state= done= total= …>
 * Errors: JE401 404 no such job, or none you may see */
ej_err_t *ej_jobs_show(ej_ctx_t *c)
{
    ej_page_row(c, "jobs_head", ej_page_params(c));
    return NULL;
}

/* Cancel a job; one that has ended stays as it is.
 * Errors: JE401 404 no such job, or none you may see */
ej_err_t *ej_jobs_cancel(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_row(c, "jobs_head", p);
    ej_page_exec(c, "jobs_cancel", p);
    return ej_page_see_other(c, "/jobs/{job_id}", p);
}
