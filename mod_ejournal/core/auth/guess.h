/* guess.h: who must wait before guessing again.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_GUESS_H
#define EJ_GUESS_H

#include "conf/conf.h"

/* Make what this child remembers, before its threads start. */
void ej_guess_child(apr_pool_t *pchild);
/* Seconds that the address has to wait before it guesses at what again, with
 * the mark of this device; both NULL: at anything. 0: the database knows. */
int ej_guess_wait(const request_rec *r, const char *what, const char *device);
void ej_guess_must_wait(const request_rec *r, const char *what,
                        const char *device, int seconds);
/* Whether the database may be asked about a device's mark all the same. */
int ej_guess_may_ask(void);
/* Let the answer to a refused guess cost the guesser time. May sleep: hold
 * neither a connection nor a place. */
void ej_guess_slow(request_rec *r);
/* The same without sleeping. */
void ej_guess_pace(request_rec *r);

#endif
