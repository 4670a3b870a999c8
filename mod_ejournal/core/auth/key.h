/* key.h: a person's own key, by which a program reads the person's pages.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_KEY_H
#define EJ_KEY_H

#include "auth/identity.h"
#include "http/request.h"

/* Whether a request has a key, good or not: Authorization: Bearer. Not at the
 * addresses of OneRoster, where a token of OneRoster stands there. */
int ej_key_is_sent(const ej_request_t *request);
/* Find the session that the request's key stands for.
 * Errors: JE305 403 no TLS; JE315 401 unknown, revoked or over; JE111 429 too
 * many such keys from this address. */
ej_err_t *ej_key_find(ej_identity_t **identity, ej_request_t *request);
/* Whether the key may have this page: a GET as XML, CSV or XLSX (is_data) of an
 * address without EJ_BROWSER. Errors: JE314 403. */
ej_err_t *ej_key_check(const ej_request_t *request, int is_data);

#endif
