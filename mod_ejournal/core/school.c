/* school.c: the name of the only school of a database, for pages without a
 * session. A child asks for it once a minute at most, waiting for no place and
 * little for the answer; while it cannot be asked the last one stands, or none:
 * no page fails by it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ctx.h"

#include <apr_thread_mutex.h>
#include <http_log.h>

APLOG_USE_MODULE(ejournal);

#define AGE apr_time_from_sec(60)
#define PATIENCE apr_time_from_msec(500)

struct ej_sign_t {
    apr_thread_mutex_t *mutex; /* of all below */
    apr_time_t until;
    char name[512]; /* "" when there are several */
};

void ej_school_child(apr_pool_t *pchild, server_rec *s)
{
    for (; s; s = s->next) {
        struct ej_sign_t *sign = apr_pcalloc(pchild, sizeof *sign);
        apr_thread_mutex_create(&sign->mutex, APR_THREAD_MUTEX_DEFAULT, pchild);
        ej_server(s)->sign = sign;
    }
}

/* Whether it is this request that asks. */
static int is_due(struct ej_sign_t *sign)
{
    apr_time_t now = apr_time_now();
    int is_mine = sign->until < now;
    if (is_mine)
        sign->until = now + AGE;
    return is_mine;
}

static void ask(struct ej_sign_t *sign, request_rec *r)
{
    ej_result_t *row;
    ej_err_t *err =
        ej_db_aside(&row, r->server, r->pool, "core_school", PATIENCE);
    if (err) {
        ap_log_rerror(APLOG_MARK, APLOG_DEBUG, 0, r, "the school's name: %s",
                      err->code);
        return;
    }
    const char *name = ej_result_get(row, 0, 0);
    apr_thread_mutex_lock(sign->mutex);
    apr_cpystrn(sign->name, name ? name : "", sizeof sign->name);
    apr_thread_mutex_unlock(sign->mutex);
}

const char *ej_school_only(request_rec *r)
{
    struct ej_sign_t *sign = ej_server(r->server)->sign;
    apr_thread_mutex_lock(sign->mutex);
    int is_mine = is_due(sign);
    apr_thread_mutex_unlock(sign->mutex);
    if (is_mine)
        ask(sign, r);
    apr_thread_mutex_lock(sign->mutex);
    const char *name = *sign->name ? apr_pstrdup(r->pool, sign->name) : NULL;
    apr_thread_mutex_unlock(sign->mutex);
    return name;
}
