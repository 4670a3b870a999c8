/* pool.c: takes connections from mod_dbd and gives them back.
 *
 * The files of db/ are the only ones that know mod_dbd and libpq. apr_dbd's
 * transactions and prepared statements are not used: they commit on early
 * return, report a rolled back transaction as a success and crash on a dead
 * connection.
 *
 * Every wait has a limit: for a place in the gate, for an answer, for cleaning
 * up. Only PQreset blocks, up to connect_timeout.
 *
 * Lives: a result belongs to the pool of ej_db_take; the names of prepared
 * statements to the connection (an instance of our libpq event procedure).
 * SPDX-License-Identifier: Apache-2.0
 */
#include <poll.h>

#include <apr_atomic.h>
#include <apr_optional.h>
#include <httpd.h>
#include <http_config.h>
#include <http_log.h>

#include <libpq-events.h>

#include "db/connection.h"
#include "db/gate.h"
#include "db/schema.h"
#include "text/clock.h"

APLOG_USE_MODULE(ejournal);

#define DEADLINE apr_time_from_sec(8) /* of a query outside a page */

static APR_OPTIONAL_FN_TYPE(ap_dbd_open) * dbd_open;
static APR_OPTIONAL_FN_TYPE(ap_dbd_close) * dbd_close;

/* ----------------------------------------------------- hooks and children */

static void find_dbd(void);
static apr_status_t set_up(apr_pool_t *pool, dbd_cfg_t *cfg, ap_dbd_t *dbd);
static apr_status_t not_live(void *known);
static int on_event(PGEventId id, void *info, void *data);
static void ignore_notice(void *data, const PGresult *res);
static PGconn *libpq_of(const ap_dbd_t *dbd);

void ej_db_hooks(apr_pool_t *pconf)
{
    (void)pconf;
    ap_hook_optional_fn_retrieve(find_dbd, NULL, NULL, APR_HOOK_MIDDLE);
    APR_OPTIONAL_HOOK(dbd, post_connect, set_up, NULL, NULL, APR_HOOK_MIDDLE);
}

static void find_dbd(void)
{
    dbd_open = APR_RETRIEVE_OPTIONAL_FN(ap_dbd_open);
    dbd_close = APR_RETRIEVE_OPTIONAL_FN(ap_dbd_close);
}

/* Prepare a new connection for use (mod_dbd's post_connect hook, which runs
 * under the lock of mod_dbd's pool). */
static apr_status_t set_up(apr_pool_t *pool, dbd_cfg_t *cfg, ap_dbd_t *dbd)
{
    (void)cfg;
    PGconn *conn = libpq_of(dbd);
    apr_allocator_t *allocator;
    if (!conn || apr_allocator_create(&allocator) != APR_SUCCESS)
        return OK;
    ej_known_t *known = apr_pcalloc(pool, sizeof *known);
    if (apr_pool_create_ex(&known->pool, pool, NULL, allocator) !=
        APR_SUCCESS) {
        apr_allocator_destroy(allocator);
        return OK;
    }
    apr_allocator_owner_set(allocator, known->pool);
    ej_connection_forget(known);
    PQsetErrorVerbosity(conn, PQERRORS_TERSE);
    PQsetNoticeReceiver(conn, ignore_notice, NULL); /* or stderr gets them */
    if (PQregisterEventProc(conn, on_event, "ejournal", NULL))
        PQsetInstanceData(conn, on_event, known);
    apr_pool_cleanup_register(pool, known, not_live, apr_pool_cleanup_null);
    return OK;
}

/* Count a connection among the live ones of its pool. */
static void set_live(ej_known_t *known, volatile apr_uint32_t *live)
{
    if (!known || known->live)
        return;
    known->live = live;
    apr_atomic_inc32(live);
}

/* Count a lost or ended connection no longer. */
static apr_status_t not_live(void *data)
{
    ej_known_t *known = data;
    if (known && known->live)
        apr_atomic_dec32(known->live);
    if (known)
        known->live = NULL;
    return APR_SUCCESS;
}

/* Forget the prepared statements when libpq resets the connection: the new
 * backend has none. */
static int on_event(PGEventId id, void *info, void *data)
{
    (void)data;
    if (id == PGEVT_CONNRESET) {
        ej_known_t *known =
            PQinstanceData(((PGEventConnReset *)info)->conn, on_event);
        if (known)
            ej_connection_forget(known);
    }
    return 1;
}

static void ignore_notice(void *data, const PGresult *res)
{
    (void)data;
    (void)res;
}

static PGconn *libpq_of(const ap_dbd_t *dbd)
{
    if (strcmp(apr_dbd_name(dbd->driver), "pgsql") != 0)
        return NULL;
    return apr_dbd_native_handle((apr_dbd_driver_t *)dbd->driver, dbd->handle);
}

/* -------------------------------------------------------- take and give -- */

static ej_err_t *take(ej_db_t *db);
static ej_err_t *make_ready(ej_db_t *db);
static ej_err_t *no_connection(ej_db_t *db, const char *detail);
static int is_hung_up(PGconn *conn);
static int is_of_primary(const PGconn *conn);
static const char *state_text(const PGconn *conn);
static apr_status_t give(void *db);

/* Take a connection of the pool of one host. is_standby: it is the host that
 * EjournalReadFrom of another one names. */
static ej_err_t *take_of(ej_db_t **taken, int is_standby, server_rec *s,
                         request_rec *r, apr_pool_t *pool)
{
    const ej_server_t *conf = ej_conf_server(s);
    *taken = NULL;
    if (!conf->gate || !dbd_open || !dbd_close)
        return ej_err(pool, JE501, NULL, "mod_dbd is not loaded");
    if (ej_gate_is_down(conf->gate, 0))
        return ej_err(pool, JE501, NULL, "no connection a moment ago");
    if (!ej_gate_enter(conf->gate, r ? conf->gate->wait : 0))
        return ej_err(pool, JE502, NULL, "no place in time");

    ej_db_t *db = apr_pcalloc(pool, sizeof *db);
    db->s = s;
    db->r = r;
    db->pool = db->owner = pool;
    db->gate = conf->gate;
    db->is_standby = is_standby;
    apr_pool_cleanup_register(pool, db, give, apr_pool_cleanup_null);
    ej_err_t *err = take(db);
    if (err)
        ej_db_give(db);
    else
        *taken = db;
    return err;
}

ej_err_t *ej_db_take(ej_db_t **taken, ej_purpose_t purpose, server_rec *s,
                     request_rec *r, apr_pool_t *pool)
{
    const ej_server_t *conf = ej_conf_server(s);
    int is_away = conf->standby && purpose == EJ_READING && conf->gate &&
                  ej_gate_is_away(conf->gate);
    if (is_away && !take_of(taken, 1, conf->standby, r, pool))
        return NULL;
    ej_err_t *err = take_of(taken, 0, s, r, pool);
    if (!err || err->code != JE501 || !conf->standby)
        return err;
    return purpose == EJ_READING
               ? take_of(taken, 1, conf->standby, r, pool)
               : ej_err(pool, JE505, NULL, "there is no primary");
}

int ej_db_may_read_standby(const server_rec *s, const ej_err_t *err)
{
    const ej_server_t *conf = ej_conf_server(s);
    return err->code == JE503 && conf->standby && conf->gate &&
           ej_gate_is_late(conf->gate);
}

static ej_err_t *take(ej_db_t *db)
{
    /* connecting may have failed while this request waited for a place */
    if (ej_gate_is_down(db->gate, 1))
        return ej_err(db->pool, JE501, NULL, "no connection a moment ago");
    db->began = ej_clock();
    db->dbd = dbd_open(db->pool, db->s);
    if (!db->dbd)
        return no_connection(db, "mod_dbd has none");
    db->conn = libpq_of(db->dbd);
    if (!db->conn)
        return ej_err(db->pool, JE501, NULL, "DBDriver is not pgsql");
    db->known = PQinstanceData(db->conn, on_event);
    EJ_TRY(make_ready(db));
    set_live(db->known, &db->gate->places->live);
    return apr_atomic_read32(&db->gate->is_checked) ? NULL
                                                    : ej_schema_check(db);
}

/* Make the connection live and idle, whatever its last user left behind. */
static ej_err_t *make_ready(ej_db_t *db)
{
    const char *why = NULL;
    int level = APLOG_NOTICE;
    if (PQstatus(db->conn) != CONNECTION_OK || is_hung_up(db->conn))
        why = "connection was lost: reset, statements are prepared again";
    else if (db->is_standby && is_of_primary(db->conn))
        why = "connection was to the former primary: reset";
    else if (!ej_connection_is_clean(db->conn)) {
        level = APLOG_WARNING;
        why = apr_psprintf(db->pool, "connection was left %s: repaired",
                           state_text(db->conn));
        PQsetnonblocking(db->conn, 1);
        if (ej_connection_settle(db->conn, ej_clock() + EJ_DB_CLEANING)) {
            ej_connection_log(db, level, why);
            return NULL;
        }
    }
    if (why) {
        db->began = ej_clock();
        PQreset(db->conn);
        if (PQstatus(db->conn) != CONNECTION_OK)
            return no_connection(db, PQerrorMessage(db->conn));
        ej_connection_log(db, level, why);
    }
    PQsetnonblocking(db->conn, 1); /* a reset makes it blocking again */
    return NULL;
}

static ej_err_t *no_connection(ej_db_t *db, const char *detail)
{
    ej_gate_set_down(db->gate, db->began);
    detail = apr_pstrmemdup(db->pool, detail, strcspn(detail, "\n"));
    return ej_err(db->pool, JE501, NULL, detail);
}

/* Whether the server has closed the connection. PQstatus alone does not notice
 * it, and PQconsumeInput may read the server's last message without noticing
 * the end of the connection behind it. */
static int is_hung_up(PGconn *conn)
{
    struct pollfd at = {PQsocket(conn), POLLIN | POLLRDHUP, 0};
    if (poll(&at, 1, 0) <= 0)
        return 0;
    if (at.revents & (POLLRDHUP | POLLHUP | POLLERR | POLLNVAL))
        return 1;
    return !PQconsumeInput(conn) || PQstatus(conn) != CONNECTION_OK;
}

/* Whether a connection that was made to read from a standby found a primary
 * instead: then it may still be to the server that is gone. */
static int is_of_primary(const PGconn *conn)
{
    const char *standby = PQparameterStatus(conn, "in_hot_standby");
    return standby && !strcmp(standby, "off");
}

/* The state that a connection was left in, for the log. */
static const char *state_text(const PGconn *conn)
{
    if (PQpipelineStatus(conn) != PQ_PIPELINE_OFF)
        return "in a pipeline";
    switch (PQtransactionStatus(conn)) {
    case PQTRANS_INTRANS:
        return "in a transaction";
    case PQTRANS_INERROR:
        return "in a failed transaction";
    default:
        return "with an unread answer";
    }
}

void ej_db_give(ej_db_t *db)
{
    apr_pool_cleanup_run(db->owner, db, give);
}

/* Give the connection back (pool cleanup; every way out of a request ends
 * here). A transaction left open by an early return is usual; any other
 * unfinished state is a defect and logged as a warning. */
static apr_status_t give(void *data)
{
    ej_db_t *db = data;
    db->pool = db->owner; /* the other may be destroyed already */
#ifdef EJ_FAULTS
    if (db->conn && db->leave)
        ej_db_spoil(db);
    else
#endif
        if (db->conn && !db->is_lost && PQstatus(db->conn) == CONNECTION_OK &&
            !ej_connection_is_clean(db->conn)) {
        PGTransactionStatusType left = PQtransactionStatus(db->conn);
        int is_usual = PQpipelineStatus(db->conn) == PQ_PIPELINE_OFF &&
                       left != PQTRANS_ACTIVE;
        ej_connection_log(db, is_usual ? APLOG_DEBUG : APLOG_WARNING,
                          apr_psprintf(db->pool,
                                       "connection given back %s: rolled back",
                                       state_text(db->conn)));
        if (!ej_connection_settle(db->conn, ej_clock() + EJ_DB_CLEANING))
            ej_connection_shut_down(db);
    }
    if (db->is_lost || PQstatus(db->conn) != CONNECTION_OK)
        not_live(db->known);
    if (db->dbd)
        dbd_close(db->s, db->dbd);
    ej_gate_leave(db->gate);
    return APR_SUCCESS;
}

/* ------------------------------------------------ queries outside a page -- */

int ej_db_is_worth_repeating(const ej_err_t *err)
{
    static const char *const states[] = {"40001", "40P01", "26000", "0A000",
                                         "08006"};
    for (apr_size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (!strcmp(err->sqlstate, states[i]))
            return 1;
    return 0;
}

/* Run one statement on a connection of its own. db is NULL exactly when none
 * was taken; gcc's analyzer follows that test, but not one of the error. */
static ej_err_t *run_alone(ej_step_t *step, ej_purpose_t purpose, server_rec *s,
                           request_rec *r, apr_pool_t *pool,
                           apr_interval_time_t patience)
{
    ej_db_t *db;
    ej_err_t *err = ej_db_take(&db, purpose, s, r, pool);
    if (!db)
        return err;
    err = ej_db_run(db, step, 1, ej_clock() + patience);
    ej_db_give(db);
    return err;
}

ej_err_t *ej_db_query(ej_result_t **result, ej_purpose_t purpose,
                      request_rec *r, apr_pool_t *pool, const char *query,
                      const char **values)
{
    ej_step_t step = {.query = ej_queries_find(query), .values = values};
    if (!step.query)
        return ej_err(pool, JE500, NULL,
                      apr_pstrcat(pool, "no query ", query, NULL));
    ej_err_t *err = run_alone(&step, purpose, r->server, r, pool, DEADLINE);
    if (err && (ej_db_is_worth_repeating(err) ||
                (purpose == EJ_READING &&
                 ej_db_may_read_standby(r->server, err))))
        err = run_alone(&step, purpose, r->server, r, pool, DEADLINE);
    *result = step.result;
    return err ? err : ej_schema_is_same(step.result, r->server, pool);
}

ej_err_t *ej_db_aside(ej_result_t **result, server_rec *s, apr_pool_t *pool,
                      const char *query, apr_interval_time_t patience)
{
    ej_step_t step = {.query = ej_queries_find(query)};
    ej_err_t *err = run_alone(&step, EJ_READING, s, NULL, pool, patience);
    *result = step.result;
    return err;
}
