/* turns.c: bounds how many threads of a child do something costly at once.
 * Others wait, a few of them and not for long: a thread that waits answers
 * nobody else. One account may not fill the queue, or everybody else would be
 * refused.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "text/turns.h"

#include "text/clock.h"

void ej_turns_make(ej_turns_t *turns, int most, int queue, apr_pool_t *pool)
{
    turns->most = most;
    turns->queue = queue;
    apr_thread_mutex_create(&turns->mutex, APR_THREAD_MUTEX_DEFAULT, pool);
    apr_thread_cond_create(&turns->free, pool);
}

/* Whether one more thread of this account (0: of no account) may wait. */
static int may_wait(const ej_turns_t *turns, apr_int64_t whose)
{
    int all = 0, own = 0;
    for (const ej_waiting_t *w = turns->waiting; w; w = w->next) {
        all++;
        own += whose && w->whose == whose;
    }
    return all < turns->queue && own < EJ_TURNS_OWN;
}

/* Wait until a turn is free or this time has come. Called with the mutex. */
static void wait_until(ej_turns_t *turns, apr_int64_t whose, apr_time_t until)
{
    ej_waiting_t me = {whose, turns->waiting};
    /* cppcheck-suppress autoVariables ; taken out again below */
    turns->waiting = &me;
    while (turns->busy >= turns->most && ej_clock() < until)
        apr_thread_cond_timedwait(turns->free, turns->mutex,
                                  until - ej_clock());
    ej_waiting_t **at = &turns->waiting;
    while (*at != &me)
        at = &(*at)->next;
    *at = me.next;
}

int ej_turns_take(ej_turns_t *turns, apr_int64_t whose,
                  apr_interval_time_t patience)
{
    apr_time_t until = ej_clock() + patience;
    int is_mine = 0;
    apr_thread_mutex_lock(turns->mutex);
    if (turns->busy < turns->most || may_wait(turns, whose)) {
        wait_until(turns, whose, until);
        is_mine = turns->busy < turns->most;
        turns->busy += is_mine;
    }
    apr_thread_mutex_unlock(turns->mutex);
    return is_mine;
}

void ej_turns_give(ej_turns_t *turns)
{
    apr_thread_mutex_lock(turns->mutex);
    turns->busy--;
    apr_thread_cond_signal(turns->free);
    apr_thread_mutex_unlock(turns->mutex);
}
