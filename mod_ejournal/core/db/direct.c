/* direct.c: connections outside mod_dbd's pools, for background jobs.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "db/connection.h"

static apr_status_t finish(void *conn)
{
    PQfinish(conn);
    return APR_SUCCESS;
}

static void ignore_notice(void *data, const PGresult *res)
{
    (void)data;
    (void)res;
}

ej_err_t *ej_db_connect(ej_db_t **made, server_rec *s, apr_pool_t *pool,
                        const char *settings, const char *role)
{
    /* what is named later counts; an empty value does not */
    const char *const names[] = {"dbname", "user", NULL};
    const char *const values[] = {settings, role, NULL};
    ej_db_t *db = apr_pcalloc(pool, sizeof *db);
    *made = NULL;
    db->s = s;
    db->pool = pool;
    db->conn = PQconnectdbParams(names, values, 1);
    if (!db->conn)
        return ej_err(pool, JE501, NULL, "no memory for a connection");
    apr_pool_cleanup_register(pool, db->conn, finish, apr_pool_cleanup_null);
    if (PQstatus(db->conn) != CONNECTION_OK) {
        const char *why = PQerrorMessage(db->conn);
        return ej_err(pool, JE501, NULL,
                      apr_pstrmemdup(pool, why, strcspn(why, "\n")));
    }
    PQsetErrorVerbosity(db->conn, PQERRORS_TERSE);
    PQsetNoticeReceiver(db->conn, ignore_notice, NULL);
    PQsetnonblocking(db->conn, 1);
    *made = db;
    return NULL;
}

void ej_db_use(ej_db_t *db, apr_pool_t *pool)
{
    db->pool = pool;
}

int ej_db_is_lost(const ej_db_t *db)
{
    return db->is_lost || PQstatus(db->conn) != CONNECTION_OK;
}

int ej_db_socket(const ej_db_t *db)
{
    return ej_db_is_lost(db) ? -1 : PQsocket(db->conn);
}
