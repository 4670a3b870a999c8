/* turns.h: bounds how many threads of a child do something costly at once.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_TURNS_H
#define EJ_TURNS_H

#include <apr_thread_cond.h>
#include <apr_thread_mutex.h>
#include <apr_time.h>

#define EJ_TURNS_OWN 2 /* threads of one account that may wait */

/* A thread that waits for a turn; the record lies on the thread's stack. */
typedef struct ej_waiting_t {
    apr_int64_t whose; /* account; 0: none */
    struct ej_waiting_t *next;
} ej_waiting_t;

/* Made before the threads start; its fields are for turns.c alone. */
typedef struct ej_turns_t {
    apr_thread_mutex_t *mutex;
    apr_thread_cond_t *free;
    int most;              /* turns at once */
    int queue;             /* threads that may wait for one */
    int busy;              /* turns that are held; under mutex, as waiting */
    ej_waiting_t *waiting; /* the newest first */
} ej_turns_t;

/* Make turns, at most `most` of which threads hold at once; up to `queue` more
 * threads may wait for one, at most EJ_TURNS_OWN of them of one account. */
void ej_turns_make(ej_turns_t *turns, int most, int queue, apr_pool_t *pool);
/* Take a turn for an account (whose; 0: for none). Returns 0: at once when too
 * many threads wait, of all or of this account; or when no turn becomes free
 * within patience. */
int ej_turns_take(ej_turns_t *turns, apr_int64_t whose,
                  apr_interval_time_t patience);
/* Give the turn back. */
void ej_turns_give(ej_turns_t *turns);

#endif
