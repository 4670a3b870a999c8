/* auth.h: the journal's part in Apache's authentication and authorisation.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_AUTH_H
#define EJ_AUTH_H

#include "auth/identity.h"
#include "http/request.h"

/* Register check_authn, Require ejournal and AuthBasicProvider ejournal. */
void ej_auth_hooks(apr_pool_t *pconf);
/* Ask who it is where another Require let the request in before anybody had
 * asked: AuthType Ejournal only. Sets request->identity and request->fault. */
void ej_auth_ask_late(ej_request_t *request);
/* Say with a 401 how to be let in (RFC 9110 wants it). The form's scheme has a
 * name of our own, for which no browser opens a dialog; of another way to log
 * in its own module says it, unless the form was what refused. */
void ej_auth_challenge(request_rec *r, int is_form);

#endif
