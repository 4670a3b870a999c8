/* run.c: takes a job, runs the function of its kind, and records how it ended.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "job/run.h"

#include <ap_mpm.h>
#include <apr_escape.h>
#include <apr_uuid.h>
#include <http_log.h>

#include "conf/digest.h"
#include "conf/queries.h"
#include "text/clock.h"
#include "text/err.h"

APLOG_USE_MODULE(ejournal);

#define PATIENCE apr_time_from_sec(10) /* for an answer about the job itself */
#define REPORT apr_time_from_sec(1)

int ej_run_is_stopping(void)
{
    int state = AP_MPMQ_RUNNING;
    return ap_mpm_query(AP_MPMQ_MPM_STATE, &state) == APR_SUCCESS &&
           state == AP_MPMQ_STOPPING;
}

/* ---------------------------------------------------------- for the kinds */

static ej_err_t *ask(ej_result_t **result, ej_job_t *job, const char *query,
                     const char **values, apr_interval_time_t patience)
{
    ej_step_t step = {.query = ej_queries_find(query), .values = values};
    ej_err_t *err = ej_db_run(job->control, &step, 1, ej_clock() + patience);
    *result = step.result;
    return err;
}

ej_err_t *ej_job_ask(ej_result_t **result, ej_job_t *job, const char *query,
                     const char **values)
{
    return ask(result, job, query, values, job->deadline - ej_clock());
}

ej_err_t *ej_job_ask_as_person(ej_result_t **result, ej_job_t *job,
                               const char *query, const char **values)
{
    char operation[APR_UUID_FORMATTED_LENGTH + 1];
    apr_uuid_t uuid;
    apr_uuid_get(&uuid);
    apr_uuid_format(operation, &uuid);
    const char *entry[] = {job->digest, NULL, operation};
    ej_step_t steps[] = {
        {.text = "BEGIN"},
        {.text = "SET LOCAL ROLE ej_web"},
        {.query = ej_queries_find("core_enter"), .values = entry},
        {.query = ej_queries_find(query), .values = values},
        {.text = "COMMIT"}};
    ej_err_t *err = ej_db_run(job->control, steps, sizeof steps / sizeof *steps,
                              job->deadline);
    *result = steps[3].result;
    return err;
}

static ej_err_t *end(ej_job_t *job, ej_job_end_t why, const char *detail)
{
    job->end = why;
    return ej_err(job->pool, JE503, NULL, detail);
}

static ej_err_t *report(ej_job_t *job, apr_int64_t done, apr_int64_t total)
{
    ej_result_t *row;
    const char *values[] = {
        job->id, apr_psprintf(job->pool, "%" APR_INT64_T_FMT, done),
        total ? apr_psprintf(job->pool, "%" APR_INT64_T_FMT, total) : NULL};
    ej_err_t *err = ask(&row, job, "core_job_report", values, PATIENCE);
    if (err)
        return end(job, EJ_JOB_LOST, err->detail);
    const char *wanted = ej_result_get(row, 0, 0);
    if (!wanted)
        return end(job, EJ_JOB_LOST, "the job is no longer this runner's");
    return *wanted == 't' ? NULL : end(job, EJ_JOB_CANCELLED, "cancelled");
}

ej_err_t *ej_job_go_on(ej_job_t *job, apr_int64_t done, apr_int64_t total)
{
    apr_time_t now = ej_clock();
    if (ej_run_is_stopping())
        return end(job, EJ_JOB_LEFT, "this child stops");
    if (ej_db_is_lost(job->control))
        return end(job, EJ_JOB_LOST, "the job's lock is lost");
    if (now > job->deadline)
        return ej_err(job->pool, JE503, NULL, "the job's deadline has passed");
    if (now < job->report_at)
        return NULL;
    job->report_at = now + REPORT;
    return report(job, done, total);
}

/* ---------------------------------------------------------------- one run */

/* The kinds as two array literals, for core_job_take. */
static void list_kinds(const char **values, const apr_array_header_t *kinds,
                       apr_pool_t *pool)
{
    apr_array_header_t *names = apr_array_make(pool, 4, sizeof(char *));
    apr_array_header_t *periods = apr_array_make(pool, 4, sizeof(char *));
    for (int i = 0; i < kinds->nelts; i++) {
        const ej_job_kind_t *kind =
            APR_ARRAY_IDX(kinds, i, const ej_job_kind_t *);
        APR_ARRAY_PUSH(names, const char *) = kind->name;
        APR_ARRAY_PUSH(periods, const char *) = apr_itoa(pool, kind->period);
    }
    values[0] =
        apr_pstrcat(pool, "{", apr_array_pstrcat(pool, names, ','), "}", NULL);
    values[1] = apr_pstrcat(pool, "{", apr_array_pstrcat(pool, periods, ','),
                            "}", NULL);
}

static const ej_job_kind_t *kind_of(const apr_array_header_t *kinds,
                                    const char *name)
{
    for (int i = 0; i < kinds->nelts; i++) {
        const ej_job_kind_t *kind =
            APR_ARRAY_IDX(kinds, i, const ej_job_kind_t *);
        if (!strcmp(kind->name, name))
            return kind;
    }
    return NULL;
}

/* Set job to the job that is due; 0 when there is none. */
static int take(ej_job_t *job, const apr_array_header_t *kinds)
{
    ej_result_t *row;
    const char *values[2];
    list_kinds(values, kinds, job->pool);
    ej_err_t *err = ask(&row, job, "core_job_take", values, PATIENCE);
    if (err) /* pages log a missing database as an error; JE504: an upgrade */
        ap_log_error(APLOG_MARK,
                     ej_db_is_lost(job->control) ? APLOG_DEBUG : APLOG_NOTICE,
                     0, job->s, "no job could be taken: %s %s",
                     ej_err_name(err->code), err->detail ? err->detail : "-");
    if (err || !ej_result_rows(row))
        return 0;
    job->kind = kind_of(kinds, ej_result_get(row, 0, 1));
    if (!job->kind)
        return 0; /* never: the query was told these kinds */
    job->id = ej_result_get(row, 0, 0);
    job->request = ej_result_get(row, 0, 2);
    job->digest = ej_result_get(row, 0, 3);
    job->report_at = ej_clock() + REPORT;
    job->deadline = ej_clock() + apr_time_from_sec(job->kind->deadline);
    return 1;
}

/* Record the end of a job, and log it. */
static void finish(ej_job_t *job, const ej_err_t *err)
{
    ej_result_t *none;
    unsigned char b[4];
    ej_digest_random(b, sizeof b);
    int is_failed = err && job->end == EJ_JOB_RUNS;
    const char *code = is_failed ? ej_err_name(err->code) : NULL;
    const char *number =
        is_failed ? apr_pescape_hex(job->pool, b, sizeof b, 0) : NULL;
    const char *values[] = {job->id,
                            job->end == EJ_JOB_CANCELLED ? "cancelled"
                            : err                        ? "failed"
                                                         : "done",
                            code, number, job->result};
    if (is_failed)
        ap_log_error(APLOG_MARK, APLOG_ERR, 0, job->s,
                     "job %s %s: %s number %s: %s", job->kind->name, job->id,
                     code, number, err->detail ? err->detail : "-");
    else
        ap_log_error(APLOG_MARK, APLOG_DEBUG, 0, job->s, "job %s %s: %s",
                     job->kind->name, job->id,
                     err           ? err->detail
                     : job->result ? job->result
                                   : "done");
    if (job->end == EJ_JOB_LOST)
        return; /* who has the lock next begins the job again */
    err = job->end == EJ_JOB_LEFT
              ? ask(&none, job, "core_job_leave", values, PATIENCE)
              : ask(&none, job, "core_job_finish", values, PATIENCE);
    if (err)
        ap_log_error(APLOG_MARK, APLOG_NOTICE, 0, job->s,
                     "job %s %s: its end could not be recorded: %s",
                     job->kind->name, job->id, err->detail ? err->detail : "-");
}

int ej_run_one(server_rec *s, ej_db_t *control, const apr_array_header_t *kinds,
               apr_pool_t *pool)
{
    ej_job_t job = {.s = s, .control = control, .pool = pool};
    if (!take(&job, kinds))
        return 0;
    finish(&job, job.kind->run(&job));
    return 1;
}
