/* db.c: taking connections from mod_dbd and giving them back.
 *
 * Together with db_run.c the only file that knows mod_dbd and libpq. What
 * apr_dbd offers for transactions and prepared statements is not used: it
 * commits on early return, calls a rolled back transaction a success and
 * crashes on a dead connection.
 *
 * Nothing here waits without an end: a place in the gate, an answer, even the
 * cleaning up has its time. Only PQreset blocks, up to connect_timeout.
 *
 * Lives: a result belongs to the pool of ej_db_take; the names of prepared
 * statements to the connection (an instance of our libpq event procedure).
 * SPDX-License-Identifier: Apache-2.0
 */
#include <poll.h>
#include <sys/socket.h>

#include <apr_atomic.h>
#include <apr_optional.h>
#include <apr_thread_cond.h>
#include <apr_thread_mutex.h>
#include <httpd.h>
#include <http_config.h>
#include <http_log.h>

#include <libpq-events.h>

#include "db.h"

APLOG_USE_MODULE(ejournal);

#define PLACES 8                   /* when EjournalPlaces is not set */
#define DOWN apr_time_from_sec(1)  /* no new try after a failed connect */
#define AGAIN apr_time_from_sec(2) /* ask a wrong schema anew */
#define SHORT apr_time_from_msec(100)

/* In front of one of mod_dbd's pools, which would let a request wait for
 * ever. Hosts with the same DBD settings share it. */
typedef struct ej_places_t {
    const char *pool; /* of conf */
    apr_thread_mutex_t *mutex;
    apr_thread_cond_t *cond;
    int most;                         /* the largest EjournalPlaces */
    int taken;                        /* under mutex */
    volatile apr_uint64_t down_until; /* apr_time_t; 0: not down */
    struct ej_places_t *next;
} ej_places_t;

/* One host's way to it, and whether its queries fit the schema. */
struct ej_gate_t {
    ej_places_t *places;
    apr_interval_time_t wait;
    volatile apr_uint32_t is_checked;
    apr_thread_mutex_t *mutex; /* of all below */
    apr_thread_cond_t *cond;
    int is_checking;
    apr_time_t check_again;
    char said[200]; /* what is wrong, as logged last */
};

static APR_OPTIONAL_FN_TYPE(ap_dbd_open) * dbd_open;
static APR_OPTIONAL_FN_TYPE(ap_dbd_close) * dbd_close;

/* ----------------------------------------------------- hooks and children */

static void retrieve(void);
static apr_status_t connected(apr_pool_t *pool, dbd_cfg_t *cfg, ap_dbd_t *dbd);
static int event(PGEventId id, void *info, void *data);
static void ignore(void *data, const PGresult *res);
static PGconn *native(const ap_dbd_t *dbd);

void ej_db_hooks(apr_pool_t *pconf)
{
    (void)pconf;
    ap_hook_optional_fn_retrieve(retrieve, NULL, NULL, APR_HOOK_MIDDLE);
    APR_OPTIONAL_HOOK(dbd, post_connect, connected, NULL, NULL,
                      APR_HOOK_MIDDLE);
}

static void retrieve(void)
{
    dbd_open = APR_RETRIEVE_OPTIONAL_FN(ap_dbd_open);
    dbd_close = APR_RETRIEVE_OPTIONAL_FN(ap_dbd_close);
}

static apr_status_t make_lock(apr_thread_mutex_t **mutex,
                              apr_thread_cond_t **cond, apr_pool_t *pool)
{
    apr_status_t rv =
        apr_thread_mutex_create(mutex, APR_THREAD_MUTEX_DEFAULT, pool);
    return rv == APR_SUCCESS ? apr_thread_cond_create(cond, pool) : rv;
}

/* The places of a pool, made at its first host. */
static apr_status_t places_of(ej_places_t **places, ej_places_t **all,
                              const char *pool, apr_pool_t *pchild)
{
    for (*places = *all; *places; *places = (*places)->next)
        if (!strcmp((*places)->pool, pool))
            return APR_SUCCESS;
    *places = apr_pcalloc(pchild, sizeof **places);
    (*places)->pool = pool;
    (*places)->next = *all;
    *all = *places;
    return make_lock(&(*places)->mutex, &(*places)->cond, pchild);
}

void ej_db_child(apr_pool_t *pchild, server_rec *s)
{
    ej_places_t *all = NULL;
    for (; s; s = s->next) {
        ej_server_t *conf = ej_server(s);
        struct ej_gate_t *gate = apr_pcalloc(pchild, sizeof *gate);
        apr_status_t rv = places_of(&gate->places, &all,
                                    conf->pool ? conf->pool : "", pchild);
        if (rv == APR_SUCCESS)
            rv = make_lock(&gate->mutex, &gate->cond, pchild);
        if (rv != APR_SUCCESS) {
            ap_log_error(APLOG_MARK, APLOG_CRIT, rv, s, "ejournal: no gate");
            return; /* every take answers JE501 */
        }
        int most = conf->places > 0 ? conf->places : PLACES;
        if (gate->places->most < most)
            gate->places->most = most;
        gate->wait = conf->wait ? conf->wait : apr_time_from_sec(1);
        conf->gate = gate;
    }
}

/* mod_dbd's post_connect, run under the lock of its pool. */
static apr_status_t connected(apr_pool_t *pool, dbd_cfg_t *cfg, ap_dbd_t *dbd)
{
    (void)cfg;
    PGconn *conn = native(dbd);
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
    ej_db_forget(known);
    PQsetErrorVerbosity(conn, PQERRORS_TERSE);
    PQsetNoticeReceiver(conn, ignore, NULL); /* else they go to stderr */
    if (PQregisterEventProc(conn, event, "ejournal", NULL))
        PQsetInstanceData(conn, event, known);
    return OK;
}

/* A reset connection is a new backend, which has prepared nothing. */
static int event(PGEventId id, void *info, void *data)
{
    (void)data;
    if (id == PGEVT_CONNRESET) {
        ej_known_t *known =
            PQinstanceData(((PGEventConnReset *)info)->conn, event);
        if (known)
            ej_db_forget(known);
    }
    return 1;
}

static void ignore(void *data, const PGresult *res)
{
    (void)data;
    (void)res;
}

void ej_db_forget(ej_known_t *known)
{
    apr_pool_clear(known->pool);
    known->statements = apr_hash_make(known->pool);
}

static PGconn *native(const ap_dbd_t *dbd)
{
    if (strcmp(apr_dbd_name(dbd->driver), "pgsql") != 0)
        return NULL;
    return apr_dbd_native_handle((apr_dbd_driver_t *)dbd->driver, dbd->handle);
}

/* -------------------------------------------------------- take and give -- */

static ej_err_t *take(ej_db_t *db);
static ej_err_t *ready(ej_db_t *db);
static ej_err_t *check(ej_db_t *db);
static ej_err_t *no_connection(ej_db_t *db, const char *detail);
static void checked(ej_db_t *db, const ej_err_t *err);
static int is_down(ej_places_t *places);
static int is_hung_up(PGconn *conn);
static int is_clean(const PGconn *conn);
static const char *state(const PGconn *conn);
static apr_status_t give(void *db);
static void leave(ej_places_t *places);
static int enter(const struct ej_gate_t *gate, apr_interval_time_t wait);
static int leave_pipeline(PGconn *conn, apr_time_t deadline);

/* Log a line: of the request, or of the server where there is none. */
static void say(const ej_db_t *db, int level, const char *text)
{
    if (db->r)
        ap_log_rerror(APLOG_MARK, level, 0, db->r, "%s", text);
    else
        ap_log_error(APLOG_MARK, level, 0, db->s, "%s", text);
}

ej_err_t *ej_db_take(ej_db_t **taken, server_rec *s, request_rec *r,
                     apr_pool_t *pool)
{
    const ej_server_t *conf = ej_server(s);
    *taken = NULL;
    if (!conf->gate || !dbd_open || !dbd_close)
        return ej_err(pool, "JE501", NULL, "mod_dbd is not loaded");
    if (is_down(conf->gate->places))
        return ej_err(pool, "JE501", NULL, "no connection a moment ago");
    if (!enter(conf->gate, r ? conf->gate->wait : 0))
        return ej_err(pool, "JE502", NULL, "no place in time");

    ej_db_t *db = apr_pcalloc(pool, sizeof *db);
    db->s = s;
    db->r = r;
    db->pool = pool;
    db->gate = conf->gate;
    apr_pool_cleanup_register(pool, db, give, apr_pool_cleanup_null);
    ej_err_t *err = take(db);
    if (err)
        ej_db_give(db);
    else
        *taken = db;
    return err;
}

ej_err_t *ej_db_aside(ej_result_t **result, server_rec *s, apr_pool_t *pool,
                      const char *query, apr_interval_time_t patience)
{
    ej_db_t *db;
    ej_step_t step = {0};
    step.query =
        apr_hash_get(ej_server(s)->queries, query, APR_HASH_KEY_STRING);
    EJ_TRY(ej_db_take(&db, s, NULL, pool));
    ej_err_t *err = ej_db_run(db, &step, 1, apr_time_now() + patience);
    ej_db_give(db);
    *result = step.result;
    return err;
}

static ej_err_t *take(ej_db_t *db)
{
    /* who waited for a place may find that connecting failed meanwhile */
    if (is_down(db->gate->places))
        return ej_err(db->pool, "JE501", NULL, "no connection a moment ago");
    db->began = apr_time_now();
    db->dbd = dbd_open(db->pool, db->s);
    if (!db->dbd)
        return no_connection(db, "mod_dbd has none");
    db->conn = native(db->dbd);
    if (!db->conn)
        return ej_err(db->pool, "JE501", NULL, "DBDriver is not pgsql");
    db->known = PQinstanceData(db->conn, event);
    EJ_TRY(ready(db));
    return apr_atomic_read32(&db->gate->is_checked) ? NULL : check(db);
}

/* A half-done deployment is found by the first request, not by the one that
 * needs the part that is missing. One looks; the others wait for it no longer
 * than for a place. */
static ej_err_t *check(ej_db_t *db)
{
    struct ej_gate_t *gate = db->gate;
    apr_time_t end = apr_time_now() + gate->wait;
    ej_err_t *err = NULL;
    apr_thread_mutex_lock(gate->mutex);
    while (gate->is_checking && apr_time_now() < end)
        apr_thread_cond_timedwait(gate->cond, gate->mutex, gate->wait);
    int is_mine = !gate->is_checking && !apr_atomic_read32(&gate->is_checked);
    if (gate->is_checking)
        err = ej_err(db->pool, "JE502", NULL, "the schema is looked at");
    else if (is_mine && gate->check_again > apr_time_now()) {
        err = ej_err(db->pool, "JE504", NULL, "as found a moment ago");
        is_mine = 0;
    }
    gate->is_checking |= is_mine;
    apr_thread_mutex_unlock(gate->mutex);
    if (!is_mine)
        return err;
    err = ej_db_check(db);
    checked(db, err);
    return err;
}

static void checked(ej_db_t *db, const ej_err_t *err)
{
    struct ej_gate_t *gate = db->gate;
    apr_thread_mutex_lock(gate->mutex);
    gate->is_checking = 0;
    if (!err) {
        if (*gate->said)
            say(db, APLOG_NOTICE, "the schema fits again");
        *gate->said = '\0';
        apr_atomic_set32(&gate->is_checked, 1);
    }
    else if (!strcmp(err->code, "JE504"))
        gate->check_again = apr_time_now() + AGAIN;
    apr_thread_cond_broadcast(gate->cond);
    apr_thread_mutex_unlock(gate->mutex);
}

/* Only who checks says anything, and there is one at a time. */
void ej_db_say(ej_db_t *db, const apr_array_header_t *lines)
{
    char *said = db->gate->said;
    const char *first = APR_ARRAY_IDX(lines, 0, const char *);
    if (!strncmp(said, first, sizeof db->gate->said - 1))
        return;
    apr_cpystrn(said, first, sizeof db->gate->said);
    for (int i = 0; i < lines->nelts; i++)
        say(db, APLOG_CRIT, APR_ARRAY_IDX(lines, i, const char *));
}

void ej_db_doubt(const server_rec *s)
{
    if (ej_server(s)->gate)
        apr_atomic_set32(&ej_server(s)->gate->is_checked, 0);
}

/* Whatever happened to the connection, make it a live and idle one. */
static ej_err_t *ready(ej_db_t *db)
{
    const char *why = NULL;
    int level = APLOG_NOTICE;
    if (PQstatus(db->conn) != CONNECTION_OK || is_hung_up(db->conn))
        why = "connection was lost: reset, statements are prepared again";
    else if (!is_clean(db->conn)) {
        level = APLOG_WARNING;
        why = apr_psprintf(db->pool, "connection was left %s: repaired",
                           state(db->conn));
        PQsetnonblocking(db->conn, 1);
        if (ej_db_settle(db->conn, apr_time_now() + EJ_DB_CLEANING)) {
            say(db, level, why);
            return NULL;
        }
    }
    if (why) {
        db->began = apr_time_now();
        PQreset(db->conn);
        if (PQstatus(db->conn) != CONNECTION_OK)
            return no_connection(db, PQerrorMessage(db->conn));
        say(db, level, why);
    }
    PQsetnonblocking(db->conn, 1); /* a reset makes it blocking again */
    return NULL;
}

/* Connecting queues under the lock of mod_dbd's pool, up to connect_timeout
 * each: let nobody try for a while. A server that refuses does so at once, so
 * the pause is short as well, and no page is missed once it is back. */
static ej_err_t *no_connection(ej_db_t *db, const char *detail)
{
    apr_time_t now = apr_time_now();
    apr_interval_time_t pause = 4 * (now - db->began);
    apr_atomic_set64(&db->gate->places->down_until,
                     (apr_uint64_t)(now + (pause < DOWN ? pause : DOWN)));
    detail = apr_pstrmemdup(db->pool, detail, strcspn(detail, "\n"));
    return ej_err(db->pool, "JE501", NULL, detail);
}

/* Whether nobody is to try. A short pause is waited for. */
static int is_down(ej_places_t *places)
{
    apr_interval_time_t left =
        (apr_time_t)apr_atomic_read64(&places->down_until) - apr_time_now();
    if (left > SHORT)
        return 1;
    if (left > 0)
        apr_sleep(left);
    return 0;
}

/* PQstatus does not notice a death by itself, and PQconsumeInput reads the
 * farewell without seeing the end behind it. */
static int is_hung_up(PGconn *conn)
{
    struct pollfd at = {PQsocket(conn), POLLIN | POLLRDHUP, 0};
    if (poll(&at, 1, 0) <= 0)
        return 0;
    if (at.revents & (POLLRDHUP | POLLHUP | POLLERR | POLLNVAL))
        return 1;
    return !PQconsumeInput(conn) || PQstatus(conn) != CONNECTION_OK;
}

static int is_clean(const PGconn *conn)
{
    return PQpipelineStatus(conn) == PQ_PIPELINE_OFF &&
           PQtransactionStatus(conn) == PQTRANS_IDLE;
}

static const char *state(const PGconn *conn)
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
    apr_pool_cleanup_run(db->pool, db, give);
}

/* Every exit of a request passes here. An open transaction is what an early
 * return leaves behind and no defect; anything else is. */
static apr_status_t give(void *data)
{
    ej_db_t *db = data;
#ifdef EJ_FAULTS
    if (db->conn && db->leave)
        ej_db_spoil(db);
    else
#endif
        if (db->conn && !db->is_lost && PQstatus(db->conn) == CONNECTION_OK &&
            !is_clean(db->conn)) {
        PGTransactionStatusType left = PQtransactionStatus(db->conn);
        int is_usual = PQpipelineStatus(db->conn) == PQ_PIPELINE_OFF &&
                       left != PQTRANS_ACTIVE;
        say(db, is_usual ? APLOG_DEBUG : APLOG_WARNING,
            apr_psprintf(db->pool, "connection given back %s: rolled back",
                         state(db->conn)));
        if (!ej_db_settle(db->conn, apr_time_now() + EJ_DB_CLEANING))
            ej_db_shut_down(db);
    }
    if (db->dbd)
        dbd_close(db->s, db->dbd);
    leave(db->gate->places);
    return APR_SUCCESS;
}

static int enter(const struct ej_gate_t *gate, apr_interval_time_t wait)
{
    ej_places_t *places = gate->places;
    apr_time_t end = apr_time_now() + wait;
    apr_thread_mutex_lock(places->mutex);
    while (places->taken >= places->most) {
        apr_interval_time_t left = end - apr_time_now();
        if (left <= 0)
            break;
        apr_thread_cond_timedwait(places->cond, places->mutex, left);
    }
    int is_in = places->taken < places->most;
    places->taken += is_in;
    apr_thread_mutex_unlock(places->mutex);
    return is_in;
}

static void leave(ej_places_t *places)
{
    apr_thread_mutex_lock(places->mutex);
    places->taken--;
    apr_thread_cond_signal(places->cond);
    apr_thread_mutex_unlock(places->mutex);
}

int ej_db_settle(PGconn *conn, apr_time_t deadline)
{
    if (PQpipelineStatus(conn) != PQ_PIPELINE_OFF &&
        !leave_pipeline(conn, deadline))
        return 0;
    if (!ej_db_drain(conn, deadline))
        return 0;
    if (PQtransactionStatus(conn) != PQTRANS_IDLE &&
        (!PQsendQuery(conn, "ROLLBACK") || !ej_db_drain(conn, deadline)))
        return 0;
    return is_clean(conn);
}

int ej_db_drain(PGconn *conn, apr_time_t deadline)
{
    for (;;) {
        if (ej_db_wait(conn, deadline) != EJ_READY)
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
        if (apr_time_now() > deadline || ej_db_wait(conn, deadline) != EJ_READY)
            return 0;
        PQclear(PQgetResult(conn));
    }
    return 1;
}

ej_wait_t ej_db_wait(PGconn *conn, apr_time_t deadline)
{
    for (;;) {
        int unsent = PQflush(conn);
        if (unsent < 0 || PQstatus(conn) != CONNECTION_OK)
            return EJ_LOST;
        if (!PQisBusy(conn))
            return EJ_READY;
        apr_interval_time_t left = deadline - apr_time_now();
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

/* Not PQcancel, which connects and may hang with the server. The next taker
 * sees the hang-up and resets; the server ends the statement by itself
 * (client_connection_check_interval). */
void ej_db_shut_down(ej_db_t *db)
{
    if (PQsocket(db->conn) >= 0)
        shutdown(PQsocket(db->conn), SHUT_RDWR);
    db->is_lost = 1;
}
