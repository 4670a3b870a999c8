/* compose.h: composes a letter with the rights of the person who gets it.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_COMPOSE_H
#define EJ_COMPOSE_H

#include "job/lane.h"

/* Set *text to the text of a letter of a channel (xslt/mail/), or to NULL when
 * the person can open nothing of what it would bring. Errors: the database's,
 * JE500 the sheet. */
ej_err_t *ej_compose(const char **text, const ej_place_t *place,
                     const char *channel, const char *outbound_id,
                     apr_pool_t *pool);

#endif
