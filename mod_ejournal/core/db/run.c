/* run.c: sends statements as one pipeline and reads their results and errors.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "db/connection.h"
#include "db/gate.h"
#include "text/clock.h"

#include <http_log.h>

APLOG_USE_MODULE(ejournal);

static ej_err_t *unknown_outcome(ej_db_t *db, const ej_err_t *why);
static int steps_to_send(ej_db_t *db, int n);
static int send_all(ej_db_t *db, const ej_step_t *steps, int n,
                    char *is_prepared);
static int send_query(ej_db_t *db, const ej_step_t *step, char *is_prepared);
static ej_err_t *collect(ej_db_t *db, ej_step_t *steps, int n,
                         const char *is_prepared, apr_time_t deadline);
static ej_err_t *read_sync(ej_db_t *db, const ej_step_t *steps, int n,
                           apr_time_t deadline, ej_err_t *err);
static ej_wait_t receive(PGresult **res, ej_db_t *db, apr_time_t deadline);
static ej_err_t *read_prepare(ej_db_t *db, const ej_step_t *step,
                              PGresult *res);
static ej_err_t *read_result(ej_db_t *db, ej_step_t *step, PGresult *res);
static ej_err_t *server_error(ej_db_t *db, const ej_step_t *step,
                              const PGresult *res);
static int is_policy(const ej_db_t *db, const PGresult *res);
static int writes(const ej_db_t *db, const ej_step_t *steps, int n);
static int commits(const ej_step_t *steps, int n);
static int is_commit(const ej_step_t *step);
static void recover(ej_db_t *db);
static apr_status_t clear_result(void *result);

ej_err_t *ej_db_run(ej_db_t *db, ej_step_t *steps, int n, apr_time_t deadline)
{
    db->is_unknown = 0;
    for (ej_step_t *step = steps; step < steps + n; step++) {
        step->result = NULL;
        if (!step->query && step->text && !strncmp(step->text, "BEGIN", 5))
            db->is_reading = strstr(step->text, "READ ONLY") != NULL;
    }
    if (db->is_lost)
        return ej_connection_lost(db, EJ_LOST);
    if (!n)
        return NULL;

    char *is_prepared = apr_pcalloc(db->pool, (apr_size_t)n);
    int sent = steps_to_send(db, n);
    ej_err_t *err;
    if (send_all(db, steps, sent, is_prepared))
        err = collect(db, steps, sent, is_prepared, deadline);
    else {
        db->is_unknown = writes(db, steps, sent);
        err = ej_connection_lost(db, EJ_LOST);
    }
    if (!err && sent < n) {
        err = ej_err(db->pool, JE500, NULL, "a step was made to fail");
    }
    if (!err && db->gate)
        ej_gate_set_late(db->gate, 0);
    if (err && !db->is_lost)
        recover(db);
    return err && db->is_unknown ? unknown_outcome(db, err) : err;
}

/* JE506 for a write whose COMMIT was not answered, with the detail of why for
 * the log. */
static ej_err_t *unknown_outcome(ej_db_t *db, const ej_err_t *why)
{
    ej_err_t *err = ej_err(db->pool, JE506, NULL, why->detail);
    apr_cpystrn(err->sqlstate, why->sqlstate, sizeof err->sqlstate);
    return err;
}

/* How many of n steps to send: fewer when a test makes one fail. */
static int steps_to_send(ej_db_t *db, int n)
{
    int left = db->fail_at - 1 - db->sent;
    db->sent += n;
    return db->fail_at > 0 && left >= 0 && left < n ? left : n;
}

/* Queue all steps in libpq. Data that the socket does not take now is sent
 * while waiting for the answers. */
static int send_all(ej_db_t *db, const ej_step_t *steps, int n,
                    char *is_prepared)
{
    if (!PQenterPipelineMode(db->conn))
        return 0;
    for (int i = 0; i < n; i++) {
        int is_sent = steps[i].query
                          ? send_query(db, &steps[i], &is_prepared[i])
                          : PQsendQueryParams(db->conn, steps[i].text, 0, NULL,
                                              NULL, NULL, NULL, 0);
        if (!is_sent)
            return 0;
    }
    return PQpipelineSync(db->conn);
}

static int send_query(ej_db_t *db, const ej_step_t *step, char *is_prepared)
{
    const ej_query_t *query = step->query;
    const ej_query_t *old = db->known
                                ? apr_hash_get(db->known->statements,
                                               query->name, APR_HASH_KEY_STRING)
                                : NULL;
    if (!db->known)
        return PQsendQueryParams(db->conn, query->sql, query->nparams, NULL,
                                 step->values, NULL, NULL, 0);
    if (!old) {
        if (!PQsendPrepare(db->conn, query->name, query->sql, 0, NULL))
            return 0;
        *is_prepared = 1;
        apr_hash_set(db->known->statements, query->name, APR_HASH_KEY_STRING,
                     query);
    }
    return PQsendQueryPrepared(db->conn, query->name, query->nparams,
                               step->values, NULL, NULL, 0);
}

/* Read the results of all steps and of the sync after them. The first error is
 * returned: the server skipped the steps after it. */
static ej_err_t *collect(ej_db_t *db, ej_step_t *steps, int n,
                         const char *is_prepared, apr_time_t deadline)
{
    ej_err_t *err = NULL;
    PGresult *res;
    ej_wait_t how;
    for (int i = 0; i < n; i++) {
        for (int is_run = !is_prepared[i]; is_run < 2; is_run++) {
            how = receive(&res, db, deadline);
            if (how != EJ_READY) {
                ej_err_t *lost = ej_connection_lost(db, how);
                if (err)
                    return err;
                db->is_unknown = writes(db, steps + i, n - i);
                return lost;
            }
            ej_err_t *found = is_run ? read_result(db, &steps[i], res)
                                     : read_prepare(db, &steps[i], res);
            if (found && !err)
                err = found;
        }
    }
    return read_sync(db, steps, n, deadline, err);
}

/* Read up to the sync. Without BEGIN the sync commits, so it may fail too. */
static ej_err_t *read_sync(ej_db_t *db, const ej_step_t *steps, int n,
                           apr_time_t deadline, ej_err_t *err)
{
    PGresult *res;
    ej_wait_t how;
    while ((how = receive(&res, db, deadline)) == EJ_READY) {
        int is_sync = PQresultStatus(res) == PGRES_PIPELINE_SYNC;
        if (!is_sync && !err && n)
            err = server_error(db, &steps[n - 1], res);
        PQclear(res);
        if (is_sync && PQexitPipelineMode(db->conn))
            return err;
    }
    ej_err_t *lost = ej_connection_lost(db, how);
    /* all steps were answered, so was COMMIT: only the connection is lost */
    return err ? err : commits(steps, n) ? NULL : lost;
}

/* Set *res to the next result of the pipeline, and read the NULL after it. */
static ej_wait_t receive(PGresult **res, ej_db_t *db, apr_time_t deadline)
{
    ej_wait_t how = ej_connection_wait(db->conn, deadline);
    if (how != EJ_READY)
        return how;
    *res = PQgetResult(db->conn);
    if (!*res)
        return EJ_LOST;
    if (PQresultStatus(*res) == PGRES_PIPELINE_SYNC)
        return EJ_READY;
    how = ej_connection_wait(db->conn, deadline);
    PGresult *none = how == EJ_READY ? PQgetResult(db->conn) : NULL;
    if (!none && how == EJ_READY)
        return EJ_READY;
    PQclear(none);
    PQclear(*res);
    return how == EJ_READY ? EJ_LOST : how;
}

/* Read the result of preparing a step's statement. */
static ej_err_t *read_prepare(ej_db_t *db, const ej_step_t *step, PGresult *res)
{
    ej_err_t *err = NULL;
    if (PQresultStatus(res) != PGRES_COMMAND_OK) {
        apr_hash_set(db->known->statements, step->query->name,
                     APR_HASH_KEY_STRING, NULL);
        err = server_error(db, step, res);
    }
    PQclear(res);
    return err;
}

/* Read the result of running a step into step->result. */
static ej_err_t *read_result(ej_db_t *db, ej_step_t *step, PGresult *res)
{
    apr_pool_cleanup_register(db->pool, res, clear_result,
                              apr_pool_cleanup_null);
    ExecStatusType status = PQresultStatus(res);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        ej_err_t *err = server_error(db, step, res);
        /* a server that shuts down may have committed before it said so */
        if (writes(db, step, 1) && !strcmp(err->sqlstate, "08006"))
            db->is_unknown = 1;
        return err;
    }
    /* a failed transaction answers COMMIT with ROLLBACK and no error */
    if (is_commit(step) && strcmp(PQcmdStatus(res), "COMMIT") != 0)
        return ej_err(db->pool, JE500, NULL, "COMMIT rolled back");
    step->result = (ej_result_t *)res;
    return NULL;
}

/* Make an error from the SQLSTATE, constraint and column of a failed result. */
static ej_err_t *server_error(ej_db_t *db, const ej_step_t *step,
                              const PGresult *res)
{
    const char *name = step->query ? step->query->name : step->text;
    const char *sqlstate = PQresultErrorField(res, PG_DIAG_SQLSTATE);
    const char *constraint = PQresultErrorField(res, PG_DIAG_CONSTRAINT_NAME);
    const char *column = PQresultErrorField(res, PG_DIAG_COLUMN_NAME);
    if (!sqlstate) /* libpq's own error: the server did not answer */
        sqlstate = PQstatus(db->conn) == CONNECTION_OK ? "XX000" : "08006";
    constraint = ej_err_constraint(db->pool, constraint);
    if (!column)
        column = ej_err_column(
            db->pool, PQresultErrorField(res, PG_DIAG_TABLE_NAME), constraint);

    const char *detail = apr_psprintf(
        db->pool, "%s: %s%s%s: %s", name, sqlstate, *constraint ? " " : "",
        constraint, ej_connection_message(db->pool, res));
    if (is_policy(db, res))
        constraint = "policy";
    ej_err_t *err = ej_err(db->pool, ej_err_of_sqlstate(sqlstate, constraint),
                           column, detail);
    if (!strcmp(sqlstate, "26000") || !strcmp(sqlstate, "0A000") ||
        !strcmp(sqlstate, "42P05")) {
        db->is_stale = 1;
        /* 42P05, prepared already: forgotten and repeated like the others */
        sqlstate = strcmp(sqlstate, "42P05") ? sqlstate : "26000";
    }
    else if (!strncmp(sqlstate, "08", 2) || !strncmp(sqlstate, "57P", 3))
        sqlstate = "08006";
    apr_cpystrn(err->sqlstate, sqlstate, sizeof err->sqlstate);
    return err;
}

/* Whether a row policy refused the write. A missing GRANT has the same SQLSTATE
 * and the messages are in the server's language, so the two are told apart by
 * the C function of the server that raised the error. Reading never raises it:
 * a policy only hides rows then. */
static int is_policy(const ej_db_t *db, const PGresult *res)
{
    const char *raiser = PQresultErrorField(res, PG_DIAG_SOURCE_FUNCTION);
    return !db->is_reading && raiser && !strcmp(raiser, "ExecWithCheckOptions");
}

/* Whether these steps commit a write. */
static int writes(const ej_db_t *db, const ej_step_t *steps, int n)
{
    return !db->is_reading && commits(steps, n);
}

static int commits(const ej_step_t *steps, int n)
{
    for (int i = 0; i < n; i++)
        if (is_commit(&steps[i]))
            return 1;
    return 0;
}

static int is_commit(const ej_step_t *step)
{
    return !step->query && !strcmp(step->text, "COMMIT");
}

/* Clean the connection up after an error: end the transaction, and deallocate
 * all statements if the server's differ from those remembered here. */
static void recover(ej_db_t *db)
{
    apr_time_t deadline = ej_clock() + EJ_DB_CLEANING;
    int is_well = ej_connection_settle(db->conn, deadline);
    if (is_well && db->is_stale && db->known) {
        ej_connection_forget(db->known);
        is_well = PQsendQuery(db->conn, "DEALLOCATE ALL") &&
                  ej_connection_drain(db->conn, deadline);
    }
    db->is_stale = 0;
    if (!is_well)
        ej_connection_shut_down(db);
}

static apr_status_t clear_result(void *result)
{
    PQclear(result);
    return APR_SUCCESS;
}

/* ---------------------------------------------------------- row by row -- */

/* Read one result of a query in single-row mode; *is_more is 0 at its end. */
static ej_err_t *stream_one(int *is_more, ej_db_t *db, const ej_step_t *step,
                            ej_db_row_t *each, void *data, apr_time_t deadline)
{
    ej_wait_t how = ej_connection_wait(db->conn, deadline);
    PGresult *res = how == EJ_READY ? PQgetResult(db->conn) : NULL;
    ej_err_t *err = NULL;
    *is_more = res != NULL;
    if (how != EJ_READY)
        return ej_connection_lost(db, how);
    if (!res)
        return NULL;
    if (PQresultStatus(res) == PGRES_SINGLE_TUPLE)
        err = each(data, (const ej_result_t *)res);
    else if (PQresultStatus(res) != PGRES_TUPLES_OK)
        err = server_error(db, step, res);
    PQclear(res);
    return err;
}

ej_err_t *ej_db_stream(ej_db_t *db, const ej_step_t *step, ej_db_row_t *each,
                       void *data, apr_time_t deadline)
{
    ej_err_t *err = NULL;
    int is_more = 1;
    if (db->is_lost ||
        !PQsendQueryParams(db->conn, step->query->sql, step->query->nparams,
                           NULL, step->values, NULL, NULL, 0) ||
        !PQsetSingleRowMode(db->conn))
        return ej_connection_lost(db, EJ_LOST);
    while (is_more && !err)
        err = stream_one(&is_more, db, step, each, data, deadline);
    if (err && !db->is_lost)
        recover(db);
    return err;
}
