/* login.h: log-in by password.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_LOGIN_H
#define EJ_LOGIN_H

#include "auth/identity.h"
#include "http/request.h"

/* The session that a log-in by form opened. Lives: with the request. */
typedef struct {
    const char *token;  /* for the session cookie */
    const char *device; /* token for the device cookie */
    const char *digest; /* of token, \x… */
} ej_login_t;

/* Check log-in and password of the form, and open a session.
 * Errors: JE110 wrong; JE111 must wait, also when too many log in at once. */
ej_err_t *ej_login_form(ej_login_t *login, const ej_request_t *request,
                        const char *name, const char *password, int is_shared);
/* Check a Basic log-in, and find or open its session (way "Basic").
 * Errors: as ej_login_form. */
ej_err_t *ej_login_basic(ej_identity_t **identity, const ej_request_t *request,
                         const char *name, const char *password);
/* The digest of a session that has no cookie: one of a Basic log-in, or of
 * another module's. No cookie has the same digest (a cookie's token is 64
 * hexadecimal digits; the text digested here has a space), and nobody can work
 * it out, since the secret is new at every start of Apache. Browsers that were
 * asked for the second factor have a session each (ej_cookie_second). */
const char *ej_login_foreign_digest(const ej_request_t *request,
                                    const char *way, const char *subject);

#endif
