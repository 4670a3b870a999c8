/* faults.c: faults that tests plant in a connection; empty in any other build.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "db/connection.h"

#ifdef EJ_FAULTS
void ej_db_fail_at(ej_db_t *db, int n)
{
    db->fail_at = n;
}

void ej_db_leave(ej_db_t *db, const char *state, const char *digest)
{
    db->leave = apr_pstrdup(db->pool, state);
    db->leave_as = apr_pstrdup(db->pool, digest);
}

void ej_db_spoil(ej_db_t *db)
{
    static const char *const as =
        "VALUES (set_config('ej.session', substr($1, 3), $2 = 'local'))";
    int is_setting = !strcmp(db->leave, "setting");
    const char *values[] = {db->leave_as, is_setting ? "" : "local"};
    if (!strcmp(db->leave, "pipeline")) {
        PQenterPipelineMode(db->conn);
        PQsendQueryParams(db->conn, "BEGIN", 0, NULL, NULL, NULL, NULL, 0);
        return;
    }
    if (!is_setting)
        PQclear(PQexec(db->conn, "BEGIN"));
    PQclear(PQexecParams(db->conn, as, 2, NULL, values, NULL, NULL, 0));
    if (!strcmp(db->leave, "failed"))
        PQclear(PQexec(db->conn, "VALUES (1/0)"));
    if (!strcmp(db->leave, "unread"))
        PQsendQuery(db->conn, "TABLE pg_catalog.pg_attribute");
}
#endif
