/* session.h: log-in and log-out, for the files of page/; what features know of
 * it is in ej.h.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_SESSION_H
#define EJ_SESSION_H

#include "page/ctx.h"

/* Set the cookie of the token that ej_session_renew made, if it did. */
void ej_session_send_renewal(ej_ctx_t *c);
/* Whether a token is that of a live session; 0 when nobody can tell. */
int ej_session_is_live(ej_ctx_t *c, const char *token);

#endif
