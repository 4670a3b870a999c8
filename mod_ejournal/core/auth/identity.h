/* identity.h: who asks, as the database has it.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_IDENTITY_H
#define EJ_IDENTITY_H

#include <httpd.h>

#include "ej.h"

/* A live session and its account. Lives: with the request. */
typedef struct ej_identity_t {
    ej_id_t account_id;
    unsigned roles;
    const char *form_token;
    const char *person;
    const char *school; /* its short name; of several the first */
    const char *way;
    const char *digest; /* \x… of the session */
    int is_shared;
} ej_identity_t;

/* Ask the database for the live session of a digest; none leaves *identity
 * NULL. */
ej_err_t *ej_identity_ask(ej_identity_t **identity, request_rec *r,
                          const char *digest);

#endif
