/* run.h: one background job: what the function of its kind may call.
 *
 * A kind is a line of jobs.def and a function that does the work. It calls
 * ej_job_go_on every now and then and ends when that returns an error.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_RUN_H
#define EJ_RUN_H

#include <apr_tables.h>

#include "conf/conf.h"
#include "db/db.h"

typedef struct ej_job_t ej_job_t; /* one run */

/* One line of jobs.def. */
typedef struct {
    const char *name;
    ej_err_t *(*run)(ej_job_t *job);
    int period, deadline; /* seconds */
} ej_job_kind_t;

/* Why a run ended before its function was ready. */
typedef enum {
    EJ_JOB_RUNS,
    EJ_JOB_CANCELLED, /* a person cancelled it */
    EJ_JOB_LEFT,      /* this child of Apache stops: another begins it again */
    EJ_JOB_LOST       /* the connection with its lock was lost: likewise */
} ej_job_end_t;

struct ej_job_t {
    server_rec *s;
    apr_pool_t *pool; /* of this run */
    ej_db_t *control; /* the connection that holds the job's lock */
    const ej_job_kind_t *kind;
    const char *id, *request;
    const char *digest; /* of the session with which it reads, or NULL */
    apr_time_t deadline, report_at;
    ej_job_end_t end;
    const char *result; /* a line for the log and the table */
    const char *folder; /* of the program, or NULL: goes when both are killed */
    /* how far the program is, or NULL: asked while it runs */
    void (*look)(struct ej_job_t *job, apr_int64_t *done, apr_int64_t *total);
    void *baton;  /* for look */
    int may_fail; /* a program that ends with 1 is not an error */
};

/* ---- for the functions of jobs.def ---- */

/* Report that done of total pieces are ready (total 0: unknown) if the last
 * report was a second ago. An error when the job shall end: it was cancelled,
 * this child of Apache stops, the deadline has passed or the job's lock is
 * lost; the caller returns it. */
ej_err_t *ej_job_go_on(ej_job_t *job, apr_int64_t done, apr_int64_t total);
/* Run one core query on the connection of the job, in its own transaction. */
ej_err_t *ej_job_ask(ej_result_t **result, ej_job_t *job, const char *query,
                     const char **values);
/* The same as the person who ordered the job: with that person's rights, as the
 * author of what it writes. */
ej_err_t *ej_job_ask_as_person(ej_result_t **result, ej_job_t *job,
                               const char *query, const char **values);
/* Run a program (argv[0] is its path) with an empty input and set *output to
 * what it printed. It ends with the job, however that ends.
 * Errors: as ej_job_go_on; JE500 it failed. */
ej_err_t *ej_job_program(const char **output, ej_job_t *job,
                         const char *const *argv);

/* ---- for job.c ---- */

/* Whether this child of Apache has been told to stop. */
int ej_run_is_stopping(void);
/* Take the job of these kinds (ej_job_kind_t *) that is due, and run it to its
 * end; 0 when there was none. */
int ej_run_one(server_rec *s, ej_db_t *control, const apr_array_header_t *kinds,
               apr_pool_t *pool);

/* ---- the kinds ---- */
#define EJ_JOB(kind, run, period, deadline) ej_err_t *run(ej_job_t *job);
#include "jobs.def"
#undef EJ_JOB

#endif
