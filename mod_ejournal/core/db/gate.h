/* gate.h: the gate in front of mod_dbd's pools; for the files of db/ alone.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_GATE_H
#define EJ_GATE_H

#include <apr_thread_cond.h>
#include <apr_thread_mutex.h>

#include "conf/conf.h"

/* The places in front of one of mod_dbd's pools: a request takes a place before
 * a connection, since mod_dbd itself would let it wait for ever. Hosts with the
 * same DBD settings share the places. */
typedef struct ej_places_t {
    const char *pool; /* as in ej_server_t */
    apr_thread_mutex_t *mutex;
    apr_thread_cond_t *cond;
    int most;                         /* the largest EjournalPlaces */
    int taken;                        /* under mutex */
    volatile apr_uint64_t down_until; /* apr_time_t; 0: not down */
    volatile apr_uint64_t late_until; /* apr_time_t; 0: not late */
    volatile apr_uint32_t live;       /* connections, taken or not */
    struct ej_places_t *next;
} ej_places_t;

/* The gate of one host: its places, and whether its queries fit the schema
 * (schema.c). */
typedef struct ej_gate_t {
    ej_places_t *places;
    apr_interval_time_t wait;
    volatile apr_uint32_t is_checked;
    apr_thread_mutex_t *mutex; /* guards all fields below */
    apr_thread_cond_t *cond;
    int is_checking;
    apr_time_t check_again;
    char logged[200]; /* the last line logged about a wrong schema */
} ej_gate_t;

/* Take a place, waiting at most wait; 0 when there is none in time. */
int ej_gate_enter(const ej_gate_t *gate, apr_interval_time_t wait);
/* Give the place back. */
void ej_gate_leave(const ej_gate_t *gate);
/* Whether to refuse a request that would have to connect, because connecting
 * failed a moment ago. 0 as long as there is a live connection for each request
 * that has a place (and one more, unless is_in: this request has its place).
 * When less than 100 ms of the pause is left, sleeps until it is over and
 * returns 0. */
int ej_gate_is_down(const ej_gate_t *gate, int is_in);
/* Begin a pause in which no request connects, after an attempt that failed
 * (from began until now). Without the pause all requests would queue under the
 * lock of mod_dbd's pool, each for up to connect_timeout. After a slow attempt
 * the pause is a second; after a quick refusal it is so short that requests
 * sit it out, and no page is lost once the server is back. */
void ej_gate_set_down(const ej_gate_t *gate, apr_time_t began);

/* Whether the server is late: a moment ago it let a statement wait past its
 * deadline, and has answered none since. It is frozen, or cut off. */
int ej_gate_is_late(const ej_gate_t *gate);
/* Whether the server is late, or connecting to it failed a moment ago: then a
 * page is read from a standby at once. Does not sleep, as ej_gate_is_down does. */
int ej_gate_is_away(const ej_gate_t *gate);
/* Note that a statement got no answer by its deadline (is_late), or that one
 * was answered. */
void ej_gate_set_late(const ej_gate_t *gate, int is_late);

#endif
