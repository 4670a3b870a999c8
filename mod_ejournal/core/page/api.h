/* api.h: replies to programs, in JSON (/ims/…).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_API_H
#define EJ_API_H

#include "page/ctx.h"

/* Whether the address is one for programs: its errors are JSON, too. */
int ej_api_is(const ej_request_t *request);
/* Send the row of ej_page_json, with X-Total-Count and Link where it is a page
 * of many. */
int ej_api_send(ej_ctx_t *c);
/* Send an error as programs read it: imsx_StatusInfo of 1EdTech, or at the
 * token's address as RFC 6749 (5.2) has it. */
int ej_api_fail(const ej_request_t *request, const ej_err_t *err);

#endif
