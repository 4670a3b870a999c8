/* identity.h: the account behind a request, read from its session row.
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
    const char *school; /* short name; the first of several */
    const char *way;    /* of log-in: form, Basic, key, another module's type */
    const char *digest; /* of the session's token, \x… */
    const char *notices, *messages; /* how many are not read; NULL: none */
    /* the hours of maintenance that are on or begin within a day, by the
     * school's clock (2026-12-01T02:00), and what is done; NULL: none */
    const char *maintenance_starts_at, *maintenance_ends_at;
    const char *maintenance_words;
    const char *is_training; /* "1" in a school to learn in, else NULL */
    /* when the last change was made that the standby has (2026-12-01T02:00, the
     * school's clock); NULL: read from the primary */
    const char *replayed_at;
    int is_shared;
} ej_identity_t;

/* Read the live session with this digest from the database; *identity stays
 * NULL when there is none. Errors: JE351 it needs its second factor; its digest
 * is kept with the request (pending); JE511 503 the journal is closed for
 * maintenance to all but the administrator. */
ej_err_t *ej_identity_ask(ej_identity_t **identity, request_rec *r,
                          const char *digest);
/* The browser's own name (User-Agent) for a new session's row; "" for one that
 * has characters which cannot be kept. */
const char *ej_identity_agent(request_rec *r);

#endif
