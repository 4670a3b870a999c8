/* schema.c: checks that the database has the schema this module was made for.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "db/schema.h"

#include <stdlib.h>

#include <apr_atomic.h>
#include <httpd.h>
#include <http_log.h>

#include "db/connection.h"
#include "db/gate.h"
#include "text/clock.h"

#define RECHECK                                                                \
    apr_time_from_sec(                                                         \
        2) /* after which a wrong schema is checked              \
                          */

/* Log what is wrong with the schema. The same lines are logged once, until the
 * schema fits again or something else is wrong. lines has at least one text.
 * Only the request that checks logs, and there is one at a time. */
static void log_once(ej_db_t *db, const apr_array_header_t *lines)
{
    char *logged = db->gate->logged;
    const char *first = APR_ARRAY_IDX(lines, 0, const char *);
    if (!strncmp(logged, first, sizeof db->gate->logged - 1))
        return;
    apr_cpystrn(logged, first, sizeof db->gate->logged);
    for (int i = 0; i < lines->nelts; i++)
        ej_connection_log(db, APLOG_CRIT,
                          APR_ARRAY_IDX(lines, i, const char *));
}

static ej_err_t *check_number(ej_db_t *db, apr_time_t deadline)
{
    ej_step_t *step = apr_pcalloc(db->pool, sizeof *step);
    step->query = ej_queries_find("core_schema");
    ej_err_t *err = ej_db_run(db, step, 1, deadline);
    if (err && (err->status != 500 || db->is_lost))
        return err;
    const char *number = err ? NULL : ej_result_get(step->result, 0, 0);
    if (number && atoi(number) == ej_queries_schema)
        return NULL;
    apr_array_header_t *lines = apr_array_make(db->pool, 1, sizeof(char *));
    APR_ARRAY_PUSH(lines, const char *) = apr_psprintf(
        db->pool,
        "the schema has number %s, this module knows %d: ejournal-migrate",
        number ? number : "no", ej_queries_schema);
    log_once(db, lines);
    return ej_err(db->pool, JE504, NULL, "schema");
}

/* Prepare one query; it stays prepared for its first use. */
static ej_err_t *check_query(ej_db_t *db, const ej_query_t *query,
                             apr_time_t deadline)
{
    ej_err_t *err = NULL;
    if (!PQsendPrepare(db->conn, query->name, query->sql, 0, NULL))
        return ej_connection_lost(db, EJ_LOST);
    while (ej_connection_wait(db->conn, deadline) == EJ_READY) {
        PGresult *res = PQgetResult(db->conn);
        if (!res)
            return err;
        if (PQresultStatus(res) != PGRES_COMMAND_OK)
            err = ej_err(db->pool, JE504, NULL,
                         apr_pstrcat(db->pool, query->file, ": ", query->name,
                                     ": ", ej_connection_message(db->pool, res),
                                     NULL));
        PQclear(res);
    }
    return ej_connection_lost(db, EJ_LATE);
}

static ej_err_t *check_all(ej_db_t *db)
{
    apr_time_t deadline = ej_clock() + apr_time_from_sec(8);
    ej_err_t *first = NULL;
    apr_array_header_t *lines = apr_array_make(db->pool, 4, sizeof(char *));
    EJ_TRY(check_number(db, deadline));
    for (int i = 0; i < ej_queries_count; i++) {
        const ej_query_t *query = &ej_queries[i];
        if (!db->known || apr_hash_get(db->known->statements, query->name,
                                       APR_HASH_KEY_STRING))
            continue;
        ej_err_t *err = check_query(db, query, deadline);
        if (err && err->code != JE504)
            return err;
        if (err) {
            APR_ARRAY_PUSH(lines, const char *) =
                apr_pstrcat(db->pool, "does not prepare: ", err->detail, NULL);
            first = first ? first : err;
            continue;
        }
        apr_hash_set(db->known->statements, query->name, APR_HASH_KEY_STRING,
                     query);
    }
    if (first)
        log_once(db, lines);
    return first;
}

/* Store the outcome of the check and wake the requests that wait for it. */
static void end_check(ej_db_t *db, const ej_err_t *err)
{
    ej_gate_t *gate = db->gate;
    apr_thread_mutex_lock(gate->mutex);
    gate->is_checking = 0;
    if (!err) {
        if (*gate->logged)
            ej_connection_log(db, APLOG_NOTICE, "the schema fits again");
        *gate->logged = '\0';
        apr_atomic_set32(&gate->is_checked, 1);
    }
    else if (err->code == JE504)
        gate->check_again = ej_clock() + RECHECK;
    apr_thread_cond_broadcast(gate->cond);
    apr_thread_mutex_unlock(gate->mutex);
}

/* All queries are checked at the first request, so that a half-done deployment
 * shows at once and not at the page whose part is missing. One request checks;
 * the others wait for it half as long as for a place, so that the requests that
 * wait for their places get them in time. Then they go on unchecked rather than
 * fail while Apache restarts on a busy machine: the query that authenticates a
 * request compares the schema's number anyway (ej_schema_is_same). */
ej_err_t *ej_schema_check(ej_db_t *db)
{
    ej_gate_t *gate = db->gate;
    apr_interval_time_t left = gate->wait / 2;
    apr_time_t end = ej_clock() + left;
    ej_err_t *err = NULL;
    apr_thread_mutex_lock(gate->mutex);
    for (; gate->is_checking && left > 0; left = end - ej_clock())
        apr_thread_cond_timedwait(gate->cond, gate->mutex, left);
    int is_mine = !gate->is_checking && !apr_atomic_read32(&gate->is_checked);
    if (is_mine && gate->check_again > ej_clock()) {
        err = ej_err(db->pool, JE504, NULL, "as found a moment ago");
        is_mine = 0;
    }
    gate->is_checking |= is_mine;
    apr_thread_mutex_unlock(gate->mutex);
    if (!is_mine)
        return err;
    err = check_all(db);
    end_check(db, err);
    return err;
}

/* Have the schema checked again when the next connection is taken. */
static void demand_check(const server_rec *s)
{
    if (ej_conf_server(s)->gate)
        apr_atomic_set32(&ej_conf_server(s)->gate->is_checked, 0);
}

ej_err_t *ej_schema_is_same(const ej_result_t *result, const server_rec *s,
                            apr_pool_t *pool)
{
    int column = ej_result_column(result, "schema");
    const char *number = column >= 0 && ej_result_rows(result)
                             ? ej_result_get(result, 0, column)
                             : NULL;
    if (!number || atoi(number) == ej_queries_schema)
        return NULL;
    demand_check(s);
    return ej_err(pool, JE504, NULL, "schema");
}
