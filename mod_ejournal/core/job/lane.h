/* lane.h: threads of one child that work on the databases of all hosts.
 *
 * mod_watchdog runs the thread of a lane in one child of this Apache; when that
 * child ends, another child's thread follows.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_LANE_H
#define EJ_LANE_H

#include "conf/conf.h"
#include "db/db.h"

/* The connection of a lane to one database. */
typedef struct {
    server_rec *s;
    apr_pool_t *pool; /* of the connection */
    ej_db_t *control; /* NULL: not connected */
    int is_logged;    /* that it could not connect */
    void *kept;       /* what the lane keeps with the connection, in its pool */
} ej_place_t;

/* Do the next piece of work; 0 when there was none. Runs again at once until
 * then. pool is for this call alone. */
typedef int ej_lane_run_t(ej_place_t *place, const void *baton,
                          apr_pool_t *pool);
/* Whether the lane works on this host. */
typedef int ej_lane_wants_t(const ej_server_t *conf, const void *baton);

/* What a lane does. */
typedef struct {
    const char *name; /* of its thread */
    const char *role; /* of the database; NULL: that of EjournalJobs */
    int seconds;      /* from one look for work to the next */
    ej_lane_wants_t *wants;
    ej_lane_run_t *run;
    const void *baton; /* for both */
} ej_lane_kind_t;

/* Register a lane with mod_watchdog, if it is loaded: it works on each database
 * that wanted hosts name by EjournalJobs. kind must stay. Called after
 * check_config, before the children start. */
apr_status_t ej_lane_start(apr_pool_t *pconf, server_rec *main_server,
                           const ej_lane_kind_t *kind);
/* Let a child that ends wait until its lanes have left what they do. Called
 * when the child starts. */
void ej_lane_child(apr_pool_t *pchild, server_rec *main_server);

#endif
