/* flight.h: checks of passwords that are under way.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_FLIGHT_H
#define EJ_FLIGHT_H

#include "conf/digest.h"
#include "ej.h"

/* Requests of one program come in parallel, all with the same password: one of
 * them asks and hashes, the others of this child wait for what it was told.
 * Nothing is kept beyond that. Lives: on the stack of who asks, until the last
 * of those who wait has read it. */
typedef struct ej_flight_t {
    struct ej_flight_t *next;
    unsigned char of[EJ_DIGEST];
    int is_over, readers;
    ej_code_t code;                 /* EJ_OK: right */
    char value[16];                 /* of the error */
    char digest[2 * EJ_DIGEST + 3]; /* of the session, \x… */
} ej_flight_t;
/* Make what this child remembers, before its threads start. */
void ej_flight_child(apr_pool_t *pchild);
/* Wait for an equal one that is under way and take over what it was told; 0:
 * there is none, and mine is under way until ej_flight_land. */
int ej_flight_join(ej_flight_t *mine);
void ej_flight_land(ej_flight_t *mine, const ej_err_t *err, const char *digest);

#endif
