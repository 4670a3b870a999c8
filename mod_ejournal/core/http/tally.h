/* tally.h: counts the answers of all children, for those who watch the server.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_TALLY_H
#define EJ_TALLY_H

#include <apr_time.h>
#include <httpd.h>

#include "ej.h"

#define EJ_TALLY_CLASSES 5 /* of status: 1xx to 5xx */
#define EJ_TALLY_TIMES 10  /* upper bounds of ej_tally_bounds */

/* In memory that all children share. Numbers only grow; they begin at 0 when
 * Apache starts, and when it is restarted gracefully. */
typedef struct {
    apr_time_t since;                                  /* of the beginning */
    volatile apr_uint64_t answers[2][EJ_TALLY_CLASSES]; /* POST: second row */
    volatile apr_uint64_t times[EJ_TALLY_TIMES + 1];   /* answers as quick */
    volatile apr_uint64_t spent;                       /* microseconds */
    volatile apr_uint64_t failures[EJ_CODES];          /* error pages by code */
} ej_tally_t;

/* Milliseconds: an answer belongs to the first bound that it does not pass,
 * else to the last place of times. */
extern const int ej_tally_bounds[EJ_TALLY_TIMES];

/* Make the memory, before the children are. Lives: with pconf. */
apr_status_t ej_tally_make(apr_pool_t *pconf);
/* Count a request, when Apache logs it (the log_transaction hook): pages and
 * forms of a journal, neither static files nor what monitoring itself asks. */
int ej_tally_count(request_rec *r);
/* The numbers so far; NULL when the memory could not be made. */
const ej_tally_t *ej_tally_read(void);

#endif
