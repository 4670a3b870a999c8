/* connection.c: waits for a libpq connection up to a deadline, and cleans it up
 * after use.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "db/connection.h"

#include <poll.h>
#include <sys/socket.h>

#include <http_log.h>

#include "db/gate.h"
#include "text/clock.h"

APLOG_USE_MODULE(ejournal);

static int leave_pipeline(PGconn *conn, apr_time_t deadline);

void ej_connection_log(const ej_db_t *db, int level, const char *text)
{
    if (db->r)
        ap_log_rerror(APLOG_MARK, level, 0, db->r, "%s", text);
    else
        ap_log_error(APLOG_MARK, level, 0, db->s, "%s", text);
}

void ej_connection_forget(ej_known_t *known)
{
    apr_pool_clear(known->pool);
    known->statements = apr_hash_make(known->pool);
}

int ej_connection_is_clean(const PGconn *conn)
{
    return PQpipelineStatus(conn) == PQ_PIPELINE_OFF &&
           PQtransactionStatus(conn) == PQTRANS_IDLE;
}

int ej_connection_settle(PGconn *conn, apr_time_t deadline)
{
    if (PQpipelineStatus(conn) != PQ_PIPELINE_OFF &&
        !leave_pipeline(conn, deadline))
        return 0;
    if (!ej_connection_drain(conn, deadline))
        return 0;
    if (PQtransactionStatus(conn) != PQTRANS_IDLE &&
        (!PQsendQuery(conn, "ROLLBACK") ||
         !ej_connection_drain(conn, deadline)))
        return 0;
    return ej_connection_is_clean(conn);
}

int ej_connection_drain(PGconn *conn, apr_time_t deadline)
{
    for (;;) {
        if (ej_connection_wait(conn, deadline) != EJ_READY)
            return 0;
        PGresult *res = PQgetResult(conn);
        if (!res)
            return 1;
        ExecStatusType status = PQresultStatus(res);
        PQclear(res);
        if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT ||
            status == PGRES_COPY_BOTH)
            return 0;
    }
}

static int leave_pipeline(PGconn *conn, apr_time_t deadline)
{
    if (!PQpipelineSync(conn))
        return 0;
    while (!PQexitPipelineMode(conn)) {
        if (ej_clock() > deadline ||
            ej_connection_wait(conn, deadline) != EJ_READY)
            return 0;
        PQclear(PQgetResult(conn));
    }
    return 1;
}

ej_wait_t ej_connection_wait(PGconn *conn, apr_time_t deadline)
{
    for (;;) {
        int unsent = PQflush(conn);
        if (unsent < 0 || PQstatus(conn) != CONNECTION_OK)
            return EJ_LOST;
        if (!PQisBusy(conn))
            return EJ_READY;
        apr_interval_time_t left = deadline - ej_clock();
        if (left <= 0)
            return EJ_LATE;
        struct pollfd at = {PQsocket(conn), POLLIN, 0};
        if (unsent)
            at.events |= POLLOUT;
        if (left > apr_time_from_sec(3600))
            left = apr_time_from_sec(3600);
        int n = poll(&at, 1, (int)apr_time_as_msec(left) + 1);
        if (n < 0 && errno != EINTR)
            return EJ_LOST;
        if (n > 0 && (at.revents & ~POLLOUT) && !PQconsumeInput(conn))
            return EJ_LOST;
    }
}

/* PQcancel is not used: it opens a connection and may hang with the server. The
 * request that takes this connection next sees that it was shut down and resets
 * it; the server ends the statement by itself
 * (client_connection_check_interval). */
void ej_connection_shut_down(ej_db_t *db)
{
    if (PQsocket(db->conn) >= 0)
        shutdown(PQsocket(db->conn), SHUT_RDWR);
    db->is_lost = 1;
}

ej_err_t *ej_connection_lost(ej_db_t *db, ej_wait_t how)
{
    if (!db->is_lost)
        ej_connection_shut_down(db);
    if (how == EJ_LATE && db->gate)
        ej_gate_set_late(db->gate, 1);
    if (how == EJ_LATE)
        return ej_err(db->pool, JE503, NULL, "no answer by the deadline");
    ej_err_t *err = ej_err(db->pool, JE501, NULL, "connection was lost");
    apr_cpystrn(err->sqlstate, "08006", sizeof err->sqlstate);
    return err;
}

const char *ej_connection_message(apr_pool_t *pool, const PGresult *res)
{
    const char *sqlstate = PQresultErrorField(res, PG_DIAG_SQLSTATE);
    const char *text = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);
    if (!sqlstate || !text)
        text = "no answer of the server";
    else if (!strncmp(sqlstate, "22", 2))
        return apr_pstrmemdup(pool, text, strcspn(text, "\"\n"));
    return apr_pstrmemdup(pool, text, strcspn(text, "\n"));
}
