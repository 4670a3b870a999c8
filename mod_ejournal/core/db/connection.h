/* connection.h: one taken connection of libpq; for the files of db/ alone.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_CONNECTION_H
#define EJ_CONNECTION_H

#include <apr_dbd.h>
#include <httpd.h>
#include <mod_dbd.h>

#include <libpq-fe.h>

#include "conf/conf.h"
#include "db/db.h"
#include "text/err.h"

/* The longest time for cleaning a connection up: ROLLBACK and the like. */
#define EJ_DB_CLEANING apr_time_from_sec(1)

/* What is known of one connection: the statements prepared on it, name ->
 * ej_query_t *, and whether it is counted as live (ej_places_t). The pool has
 * an allocator of its own, since mod_dbd's cannot be used by several threads.
 */
typedef struct {
    apr_pool_t *pool;
    apr_hash_t *statements;
    volatile apr_uint32_t *live; /* its pool's count; NULL: not counted */
} ej_known_t;

struct ej_db_t {
    server_rec *s;
    request_rec *r;    /* NULL: taken for no request */
    apr_pool_t *pool;  /* of its results (ej_db_use) */
    apr_pool_t *owner; /* with which it is given back */
    struct ej_gate_t *gate;
    ap_dbd_t *dbd;
    PGconn *conn;
    ej_known_t *known; /* NULL when memory was short: prepare nothing */
    int is_standby;    /* of the host EjournalReadFrom: there was no primary */
    int is_lost;       /* it was shut down */
    int is_reading;    /* its transaction is READ ONLY */
    int is_unknown;    /* a COMMIT was sent and not answered: JE506 */
    int is_stale;      /* the server's statements differ from known */
    apr_time_t began;  /* when connecting began */
    int sent;          /* steps sent since it was taken */
    int fail_at;       /* see ej_db_fail_at */
    const char *leave, *leave_as; /* see ej_db_leave */
};

/* How waiting for the server ended: with an answer, at the deadline, or with a
 * lost connection. */
typedef enum { EJ_READY, EJ_LATE, EJ_LOST } ej_wait_t;

/* Log a line for the connection's request, or for the server without one. */
void ej_connection_log(const ej_db_t *db, int level, const char *text);
/* Forget which statements this connection has prepared, after a reset. */
void ej_connection_forget(ej_known_t *known);
/* Whether neither a pipeline nor a transaction is open. */
int ej_connection_is_clean(const PGconn *conn);
/* Send unsent data and read, until PQgetResult would not block. */
ej_wait_t ej_connection_wait(PGconn *conn, apr_time_t deadline);
/* Read and drop the results of a statement outside a pipeline; 0 when they do
 * not arrive in time. */
int ej_connection_drain(PGconn *conn, apr_time_t deadline);
/* End an open pipeline and transaction and drop their results; 0 when that does
 * not succeed in time. */
int ej_connection_settle(PGconn *conn, apr_time_t deadline);
/* End the connection here; the request that takes it next resets it. */
void ej_connection_shut_down(ej_db_t *db);
/* Shut the connection down and return the error: JE503 after EJ_LATE, JE501
 * (SQLSTATE 08006) after EJ_LOST. */
ej_err_t *ej_connection_lost(ej_db_t *db, ej_wait_t how);
/* The server's message for the log: one line. Of an error of class 22 (bad
 * data) the text ends before the quoted value, which a person may have typed.
 */
const char *ej_connection_message(apr_pool_t *pool, const PGresult *res);
#ifdef EJ_FAULTS
/* Bring the connection into the state that ej_db_leave named. */
void ej_db_spoil(ej_db_t *db);
#endif

#endif
