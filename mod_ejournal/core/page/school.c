/* school.c: the name of the only school of a database, for pages without a
 * session.
 *
 * Each child queries the name at most once a minute, without waiting for a
 * connection and briefly for the result. If the query fails, the last known
 * name (or none) is shown: no page fails because of it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/school.h"

#include <apr_thread_mutex.h>
#include <http_log.h>

#include "db/db.h"
#include "text/clock.h"
#include "text/err.h"

APLOG_USE_MODULE(ejournal);

#define AGE apr_time_from_sec(60)
#define PATIENCE apr_time_from_msec(500)

struct ej_school_t {
    apr_thread_mutex_t *mutex; /* of all below */
    apr_time_t until;
    char name[512]; /* "" when there are several */
};

void ej_school_child(apr_pool_t *pchild, server_rec *s)
{
    for (; s; s = s->next) {
        struct ej_school_t *school = apr_pcalloc(pchild, sizeof *school);
        apr_thread_mutex_create(&school->mutex, APR_THREAD_MUTEX_DEFAULT,
                                pchild);
        ej_conf_server(s)->school = school;
    }
}

/* Whether this request must query the name; the next ones need not for a
 * minute. */
static int is_due(struct ej_school_t *school)
{
    apr_time_t now = ej_clock();
    int is_mine = school->until < now;
    if (is_mine)
        school->until = now + AGE;
    return is_mine;
}

static void query_name(struct ej_school_t *school, request_rec *r)
{
    ej_result_t *row;
    ej_err_t *err =
        ej_db_aside(&row, r->server, r->pool, "core_school", PATIENCE);
    if (err) {
        ap_log_rerror(APLOG_MARK, APLOG_DEBUG, 0, r, "the school's name: %s",
                      ej_err_name(err->code));
        return;
    }
    const char *name = ej_result_get(row, 0, 0);
    apr_thread_mutex_lock(school->mutex);
    apr_cpystrn(school->name, name ? name : "", sizeof school->name);
    apr_thread_mutex_unlock(school->mutex);
}

const char *ej_school_only(const ej_request_t *request)
{
    struct ej_school_t *school = request->conf->school;
    apr_thread_mutex_lock(school->mutex);
    int is_mine = is_due(school);
    apr_thread_mutex_unlock(school->mutex);
    if (is_mine)
        query_name(school, request->r);
    apr_thread_mutex_lock(school->mutex);
    const char *name =
        *school->name ? apr_pstrdup(request->r->pool, school->name) : NULL;
    apr_thread_mutex_unlock(school->mutex);
    return name;
}
