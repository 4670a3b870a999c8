/* db.h: connections and statements, for the files outside db/.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_DB_H
#define EJ_DB_H

#include <apr_time.h>

#include "db/result.h"
#include "ej.h"
#include "conf/queries.h"

struct request_rec;
struct server_rec;

typedef struct ej_db_t ej_db_t; /* a taken connection */

/* One statement of a pipeline: a named query, or plain text without
 * parameters when query is NULL (BEGIN …, COMMIT). */
typedef struct {
    const ej_query_t *query;
    const char *text;
    const char **values; /* query->nparams texts; NULL is NULL */
    ej_result_t *result; /* set by ej_db_run; lives in the pool given */
} ej_step_t;

/* Register mod_dbd's post_connect, by which a connection gets our event
 * procedure. */
void ej_db_hooks(apr_pool_t *pconf);
/* Make the gates of this child, before its threads start. Lives: with pchild.
 * Where one cannot be made every take answers JE501. */
void ej_db_child(apr_pool_t *pchild, struct server_rec *s);

/* What a connection is taken for: to write it must be to the primary, to read it
 * may be to a standby. */
typedef enum { EJ_WRITING, EJ_READING } ej_purpose_t;

/* Take an idle and clean connection of server s for request r, waiting at most
 * conf->wait for a place. With r NULL (a job, a check that no request needs) it
 * does not wait. While there is no primary, or none that answers, reading takes
 * one of the host named by EjournalReadFrom (AVL-01).
 * The connection is given back by ej_db_give, or with the pool.
 * Errors: JE501 no connection, JE502 no place in time, JE505 writing: there is
 * no primary, and reading goes on. */
ej_err_t *ej_db_take(ej_db_t **db, ej_purpose_t purpose, struct server_rec *s,
                     struct request_rec *r, apr_pool_t *pool);
/* Whether a request that only reads may be repeated on a standby after this
 * error: the primary gave no answer in time (JE503). */
int ej_db_may_read_standby(const struct server_rec *s, const ej_err_t *err);
/* Run one core query of a request outside its page's transaction; repeat it
 * once when the connection was lost. If the result has a column "schema", its
 * number is compared with ej_queries_schema.
 * Errors: as ej_db_take, the query's, JE504 another schema. */
ej_err_t *ej_db_query(ej_result_t **result, ej_purpose_t purpose,
                      struct request_rec *r, apr_pool_t *pool,
                      const char *query, const char **values);
/* Run one core query that reads without waiting for a place, in its own
 * transaction: for data that a page can do without. patience is the time for the
 * answer. Errors: as ej_db_take, and the query's. */
ej_err_t *ej_db_aside(ej_result_t **result, struct server_rec *s,
                      apr_pool_t *pool, const char *query,
                      apr_interval_time_t patience);
/* Give the connection back; an open transaction is rolled back. db must not be
 * used afterwards. Call it before the first byte of the reply is sent, or a
 * slow client would keep the connection. */
void ej_db_give(ej_db_t *db);

/* Connect by settings of libpq, outside mod_dbd's pools: for background jobs;
 * as role, or NULL: as the settings say. Waits up to the settings'
 * connect_timeout. The connection ends with pool. Errors: JE501. */
ej_err_t *ej_db_connect(ej_db_t **db, struct server_rec *s, apr_pool_t *pool,
                        const char *settings, const char *role);
/* Let the results of a connection live in another pool from now on. It may be
 * destroyed before the connection is given back. */
void ej_db_use(ej_db_t *db, apr_pool_t *pool);
/* Whether the connection was lost, or closed by the server. */
int ej_db_is_lost(const ej_db_t *db);
/* The socket of a connection; -1 when it was lost. */
int ej_db_socket(const ej_db_t *db);

/* Send all steps as one pipeline with one sync, and read every answer before
 * the deadline (ej_clock() based). The first failed step is the error,
 * told by SQLSTATE and constraint (err->code, err->field from COLUMN, or from
 * the constraint's name); steps after it have no result, and the transaction
 * is rolled back. Prepares what is not prepared on this connection.
 * A step whose text is "COMMIT" succeeds only with the command tag COMMIT.
 * err->sqlstate: "40001", "40P01" repeat; "26000", "0A000": the statements of
 * this connection were forgotten, repeat; "08006": the connection was lost.
 * JE506: the COMMIT of a write was sent and not answered: the connection was
 * lost (sqlstate 08006) or the deadline passed. */
ej_err_t *ej_db_run(ej_db_t *db, ej_step_t *steps, int n, apr_time_t deadline);
/* Called for each row of ej_db_stream; the row lives during the call. */
typedef ej_err_t *ej_db_row_t(void *data, const ej_result_t *row);
/* Run one query of a transaction that has begun, and hand each row over as it
 * arrives: the memory that this takes does not grow with their number. An error
 * that a call returns ends the query and is returned. */
ej_err_t *ej_db_stream(ej_db_t *db, const ej_step_t *step, ej_db_row_t *each,
                       void *data, apr_time_t deadline);
/* Whether a repeat may succeed: after a serialisation failure, a deadlock,
 * forgotten statements or a lost connection (by SQLSTATE). */
int ej_db_is_worth_repeating(const ej_err_t *err);
#ifdef EJ_FAULTS
/* For tests: make the n-th step on a taken connection fail with JE500; the
 * steps before it are sent. */
void ej_db_fail_at(ej_db_t *db, int n);
/* For tests: give the connection back in a state in which no code may leave it.
 * state is transaction, failed, pipeline, unread or setting; where the state
 * can have one, the session of digest stays set. */
void ej_db_leave(ej_db_t *db, const char *state, const char *digest);
#endif

#endif
