/* db.h: connections and statements, as the files above db/ know them.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_DB_H
#define EJ_DB_H

#include <apr_time.h>

#include "db/result.h"
#include "ej.h"
#include "text/query.h"

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

/* Take a connection of server s, idle and clean, for request r, waiting at most
 * conf->wait for a place; or for what no request waits for (r NULL), which
 * waits for none. It goes back by ej_db_give, or with the pool.
 * Errors: JE501 no connection, JE502 no place in time. */
ej_err_t *ej_db_take(ej_db_t **db, struct server_rec *s, struct request_rec *r,
                     apr_pool_t *pool);
/* Run one core query of a request outside its page's transaction, once more
 * when the connection was lost; what its answer says of the schema is looked
 * at. Errors: as ej_db_take, the query's, JE504 another schema. */
ej_err_t *ej_db_query(ej_result_t **result, struct request_rec *r,
                      apr_pool_t *pool, const char *query, const char **values);
/* Run one core query for what no request waits for (or could do without), in
 * its own transaction. Errors: as ej_db_take, and the query's. */
ej_err_t *ej_db_aside(ej_result_t **result, struct server_rec *s,
                      apr_pool_t *pool, const char *query,
                      apr_interval_time_t patience);
/* Give the connection back, rolled back if something is open; db is worth
 * nothing afterwards. Before the first byte is sent, or a slow reader keeps
 * it. */
void ej_db_give(ej_db_t *db);

/* Send all steps as one pipeline with one sync, and read every answer before
 * the deadline (apr_time_now() based). The first failed step is the error,
 * told by SQLSTATE and constraint (err->code, err->field from COLUMN, or from
 * the constraint's name); steps after it have no result, and the transaction
 * is rolled back. Prepares what is not prepared on this connection.
 * A step whose text is "COMMIT" succeeds only with the command tag COMMIT.
 * err->sqlstate: "40001", "40P01" repeat; "26000", "0A000": the statements of
 * this connection were forgotten, repeat; "08006": the connection was lost.
 * JE506: the COMMIT of a write was sent and nobody knows what became of it;
 * without sqlstate 08006 the deadline passed. */
ej_err_t *ej_db_run(ej_db_t *db, ej_step_t *steps, int n, apr_time_t deadline);
/* Whether what failed may succeed when it is asked again: a serialisation
 * failure, a deadlock, forgotten statements, a lost connection (by SQLSTATE).
 */
int ej_db_is_worth_repeating(const ej_err_t *err);
#ifdef EJ_FAULTS
/* For tests: the n-th step since the taking fails with JE500 after those
 * before it were sent. */
void ej_db_fail_at(ej_db_t *db, int n);
/* For tests: the connection goes back as no code of ours may leave it. state
 * is transaction, failed, pipeline, unread or setting; as the session of
 * digest where that can be. */
void ej_db_leave(ej_db_t *db, const char *state, const char *digest);
#endif

#endif
