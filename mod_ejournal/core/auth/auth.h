/* auth.h: the journal's part in Apache's authentication and authorisation.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_AUTH_H
#define EJ_AUTH_H

#include "auth/identity.h"
#include "http/request.h"

/* Register check_authn, Require ejournal and AuthBasicProvider ejournal. */
void ej_auth_hooks(apr_pool_t *pconf);
/* Look the session up where another Require directive granted the request
 * before check_authn ran; with AuthType Ejournal only. Sets request->identity
 * and request->fault. */
void ej_auth_ask_late(ej_request_t *request);
/* Whether people log in by the journal's own form at this address. */
int ej_auth_is_form(request_rec *r);
/* Add WWW-Authenticate to a 401, as RFC 9110 requires. Log-in by form has the
 * made-up scheme "Ejournal", for which no browser opens a dialog. With another
 * AuthType that type's own module adds its header, unless the refusal comes
 * from the log-in form (is_form). */
void ej_auth_challenge(request_rec *r, int is_form);

#endif
