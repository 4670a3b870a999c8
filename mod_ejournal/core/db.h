/* db.h: what db.c and db_run.c share of a taken connection.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_DB_H
#define EJ_DB_H

#include <apr_dbd.h>
#include <httpd.h>
#include <mod_dbd.h>

#include <libpq-fe.h>

#include "core.h"

/* ROLLBACK and the like, at most */
#define EJ_DB_CLEANING apr_time_from_sec(1)

/* What one connection has prepared: name -> ej_query_t *. Its pool has an
 * allocator of its own, since mod_dbd's is not for several threads. */
typedef struct {
    apr_pool_t *pool;
    apr_hash_t *statements;
} ej_known_t;

struct ej_db_t {
    server_rec *s;
    request_rec *r; /* NULL: of no request */
    apr_pool_t *pool;
    struct ej_gate_t *gate;
    ap_dbd_t *dbd;
    PGconn *conn;
    ej_known_t *known; /* NULL, when memory was short: prepare nothing */
    int is_lost;       /* shut down */
    int is_reading;    /* its transaction is READ ONLY */
    int is_unknown;    /* a COMMIT was sent and not answered: JE506 */
    int is_stale;      /* the server's statements differ from known */
    apr_time_t began;  /* connecting */
    int sent;          /* steps since it was taken */
    int fail_at;       /* see ej_db_fail_at */
    const char *leave, *leave_as; /* see ej_db_leave */
};

typedef enum { EJ_READY, EJ_LATE, EJ_LOST } ej_wait_t;

/* The connection has prepared nothing. */
void ej_db_forget(ej_known_t *known);
/* Send what is unsent and read, until PQgetResult would not block. */
ej_wait_t ej_db_wait(PGconn *conn, apr_time_t deadline);
/* Read and drop the answers of a statement outside a pipeline; 0 when that
 * does not succeed in time. */
int ej_db_drain(PGconn *conn, apr_time_t deadline);
/* Whether the schema is ours and knows every word of our queries: asked once
 * by every child, and again after a while where it does not. Says in the log
 * what is wrong. Errors: JE504. */
ej_err_t *ej_db_check(ej_db_t *db);
/* Log what is wrong with the schema: once, until something else is wrong, or
 * it fitted meanwhile. lines are texts, at least one. */
void ej_db_say(ej_db_t *db, const apr_array_header_t *lines);
/* Leave pipeline and transaction too; 0 likewise. */
int ej_db_settle(PGconn *conn, apr_time_t deadline);
#ifdef EJ_FAULTS
/* Do what ej_db_leave asked for. */
void ej_db_spoil(ej_db_t *db);
#endif
/* End the connection here; whoever takes it next resets it. */
void ej_db_shut_down(ej_db_t *db);

#endif
