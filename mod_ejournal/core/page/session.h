/* session.h: sessions, for the files of page/; the functions for features are
 * in ej.h.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_SESSION_H
#define EJ_SESSION_H

#include "page/ctx.h"

/* Set the session cookie to the token that ej_session_renew made, if any. */
void ej_session_send_renewal(ej_ctx_t *c);
/* Whether a token belongs to a live session; 0 also when the database cannot be
 * asked. */
int ej_session_is_live(ej_ctx_t *c, const char *token);

#endif
