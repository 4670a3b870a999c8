/* guess.h: remembers which addresses and log-ins must wait before the next
 * guess of a password or code, and slows down refused guesses.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_GUESS_H
#define EJ_GUESS_H

#include "conf/conf.h"
#include "ej.h"

/* Make this child's memory of waiting addresses, before its threads start. */
void ej_guess_child(apr_pool_t *pchild);
/* Seconds that the request's address must still wait before it guesses at
 * target (a log-in, a kind of code) from the device with this token. With both
 * NULL: before it guesses at anything. 0: ask the database. */
int ej_guess_wait(const request_rec *r, const char *target, const char *device);
/* Remember that the database told the address to wait; arguments as above. */
void ej_guess_must_wait(const request_rec *r, const char *target,
                        const char *device, int seconds);
/* Whether the database may be asked about a device although its whole address
 * must wait; true a few times a second. */
int ej_guess_may_ask(void);
/* Delay the reply to the guess that err refuses. May sleep for a second: the
 * caller holds neither a database connection nor a hashing place. Where too
 * many replies are delayed so already, err becomes a brief one. */
void ej_guess_slow(request_rec *r, ej_err_t *err);
/* Delay the connection's next reply instead, and make err a brief one; never
 * sleeps. */
void ej_guess_pace(request_rec *r, ej_err_t *err);

#endif
