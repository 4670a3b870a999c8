/* api.h: replies to programs, in JSON (/ims/…).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_API_H
#define EJ_API_H

#include "page/ctx.h"

/* Whether the address is one for programs, whose replies and errors are JSON. */
int ej_api_is(const ej_request_t *request);
/* Send the reply that ej_page_json queued; a page of a list has X-Total-Count and
 * Link. Returns Apache's status. */
int ej_api_send(ej_ctx_t *c);
/* Log an error and send it as programs read it: imsx_StatusInfo of 1EdTech, or
 * at the token's address as RFC 6749 (5.2) has it. Returns Apache's status. */
int ej_api_fail(const ej_request_t *request, const ej_err_t *err);

#endif
