/* kinds.c: the kinds of jobs that belong to no feature.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "job/run.h"

/* Delete old rows, a bounded number in each transaction. */
ej_err_t *ej_job_sweep(ej_job_t *job)
{
    ej_result_t *row = NULL;
    int is_more = 1;
    for (apr_int64_t i = 1; is_more; i++) {
        EJ_TRY(ej_job_ask(&row, job, "core_job_sweep", NULL));
        const char *more = ej_result_get(row, 0, 1);
        is_more = more && *more == 't';
        EJ_TRY(ej_job_go_on(job, i, 0));
    }
    job->result = ej_result_get(row, 0, 0);
    return NULL;
}

/* Make the partitions of the school year that the request names, each in a
 * transaction of its own. A part whose table is in use is tried again: so long
 * as a page holds it, for at most the time of a page, or until the deadline. */
ej_err_t *ej_job_year(ej_job_t *job)
{
    apr_int64_t done = 0, total = 0;
    const char *values[] = {job->request};
    do {
        ej_result_t *row;
        EJ_TRY(ej_job_go_on(job, done, total));
        ej_err_t *err = ej_job_ask(&row, job, "core_job_year", values);
        if (err && err->code == JE507)
            continue;
        EJ_TRY(err);
        done = apr_atoi64(ej_result_get(row, 0, 0));
        total = apr_atoi64(ej_result_get(row, 0, 1));
    } while (!total || done < total);
    job->result = apr_pstrcat(job->pool, job->request, " opened", NULL);
    return NULL;
}

/* Make the lessons of the schools where it is night follow the timetable. */
ej_err_t *ej_job_lessons(ej_job_t *job)
{
    ej_result_t *row = NULL;
    EJ_TRY(ej_job_ask(&row, job, "core_job_lessons", NULL));
    job->result = ej_result_get(row, 0, 0);
    return NULL;
}

/* Make the notices of every minute: marks, absences, substitutions
 * (sql/objects/notices_job.sql). */
ej_err_t *ej_job_notices(ej_job_t *job)
{
    ej_result_t *row = NULL;
    return ej_job_ask(&row, job, "core_job_notices", NULL);
}

/* Make the notices of every hour: journals without marks, falling marks. */
ej_err_t *ej_job_warnings(ej_job_t *job)
{
    ej_result_t *row = NULL;
    return ej_job_ask(&row, job, "core_job_warnings", NULL);
}

/* Write how the journal was used in the last month, for each school for which
 * this is not written yet (sql/objects/reports_activity.sql). */
ej_err_t *ej_job_activity(ej_job_t *job)
{
    ej_result_t *row = NULL;
    EJ_TRY(ej_job_ask(&row, job, "core_job_activity", NULL));
    job->result =
        apr_pstrcat(job->pool, ej_result_get(row, 0, 0), " schools", NULL);
    return NULL;
}

/* Ask a query that does some work and returns how many units it did, each time
 * in a transaction of its own, until it returns 0. The job's result is the sum,
 * with the name of the unit. */
static ej_err_t *ask_until_none(ej_job_t *job, const char *query,
                                const char *unit)
{
    apr_int64_t all = 0, now = 0;
    do {
        ej_result_t *row = NULL;
        EJ_TRY(ej_job_go_on(job, all, 0));
        EJ_TRY(ej_job_ask(&row, job, query, NULL));
        now = apr_atoi64(ej_result_get(row, 0, 0));
        all += now;
    } while (now > 0);
    job->result = apr_psprintf(job->pool, "%" APR_INT64_T_FMT " %s", all, unit);
    return NULL;
}

/* Seal the days of the history that have ended, some in a transaction
 * (sql/objects/seal.sql). */
ej_err_t *ej_job_seal(ej_job_t *job)
{
    return ask_until_none(job, "core_job_seal", "days");
}

/* Draft the inspections of the last month, a school in a transaction
 * (sql/objects/inspections.sql). */
ej_err_t *ej_job_inspections(ej_job_t *job)
{
    return ask_until_none(job, "core_job_inspections", "schools");
}

/* Count the indicators of the schools of regions, a school in a transaction
 * (sql/objects/region.sql). */
ej_err_t *ej_job_indicators(ej_job_t *job)
{
    return ask_until_none(job, "core_job_indicators", "steps");
}

/* Propose, send and settle the orders of meals (sql/objects/meals.sql). */
ej_err_t *ej_job_meals(ej_job_t *job)
{
    ej_result_t *row = NULL;
    EJ_TRY(ej_job_ask(&row, job, "core_job_meals", NULL));
    job->result = ej_result_get(row, 0, 0);
    return NULL;
}

/* Do the step of the import of the list that the request names, in one
 * transaction, which reports its own progress (sql/objects/imports_job.sql).
 * When a row is locked by somebody else for too long, the step is repeated. */
ej_err_t *ej_job_import(ej_job_t *job)
{
    const char *values[] = {job->id, job->request};
    ej_result_t *row;
    ej_err_t *err;
    do {
        EJ_TRY(ej_job_go_on(job, 0, 0));
        err = ej_job_ask_as_person(&row, job, "core_import", values);
        job->report_at = 0; /* it may have been cancelled just now */
    } while (err && (err->code == JE507 || ej_db_is_worth_repeating(err)) &&
             !ej_db_is_lost(job->control));
    if (err) /* a cancelled job is no error */
        EJ_TRY(ej_job_go_on(job, 0, 0));
    EJ_TRY(err);
    job->result = ej_result_get(row, 0, 0);
    return NULL;
}

#ifdef EJ_FAULTS
/* For tests: run cat on the file that the request names, a FIFO on which it
 * waits; its first line is the result. */
ej_err_t *ej_job_trial(ej_job_t *job)
{
    const char *argv[] = {"/bin/cat", job->request, NULL}, *output;
    EJ_TRY(ej_job_program(&output, job, argv));
    job->result = apr_pstrmemdup(job->pool, output, strcspn(output, "\n"));
    return NULL;
}
#endif
