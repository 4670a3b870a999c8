/* costly.c: bounds how many reports and books a child makes at once.
 *
 * A report counts the records of a whole school, and a book prints those of a
 * class: each takes a processor for as long as dozens of ordinary pages, so
 * that a few impatient readers would slow down everybody who fills in a
 * journal.
 * Therefore each waits for its turn, without a connection. Books have turns of
 * their own: one takes longer than the reader of a report waits.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/costly.h"

#include "text/clock.h"
#include "text/turns.h"

#define WAITING 8 /* requests that wait for a turn; more are refused */
#define PATIENCE apr_time_from_sec(8)

/* Written before the threads start. */
static ej_turns_t turns[EJ_BOOK + 1];

void ej_costly_child(apr_pool_t *pchild, server_rec *s)
{
    int most = 1;
    for (; s; s = s->next)
        if (ej_conf_server(s)->reports > most)
            most = ej_conf_server(s)->reports;
    for (int i = 0; i <= EJ_BOOK; i++)
        ej_turns_make(&turns[i], most, WAITING, pchild);
}

static apr_status_t leave(void *data)
{
    ej_ctx_t *c = data;
    ej_turns_give(c->turns);
    c->turns = NULL;
    return APR_SUCCESS;
}

ej_err_t *ej_page_costly(ej_ctx_t *c, ej_costly_t kind)
{
    apr_time_t began = ej_clock();
    if (c->turns) /* the page is made again, after a lost connection */
        return NULL;
    if (!ej_turns_take(&turns[kind], c->identity ? c->identity->account_id : 0,
                       PATIENCE))
        return ej_err(c->pool, JE502, NULL, "no turn in time");
    c->turns = &turns[kind];
    apr_pool_cleanup_register(c->pool, c, leave, apr_pool_cleanup_null);
    c->deadline += ej_clock() - began; /* waiting takes nothing from the page */
    return NULL;
}

void ej_costly_leave(ej_ctx_t *c)
{
    if (c->turns)
        apr_pool_cleanup_run(c->pool, c, leave);
}
