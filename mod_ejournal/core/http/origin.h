/* origin.h: checks which site a request comes from, and whether over TLS.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_ORIGIN_H
#define EJ_ORIGIN_H

#include "http/request.h"

/* JE304 when the browser's headers say that another site sent the POST. */
ej_err_t *ej_origin_check(const ej_request_t *request);
/* Whether the browser's headers say that a page of this site sent the form. An
 * old browser sends no such header: 0. */
int ej_origin_is_own(const ej_request_t *request);
/* JE305 unless the request came over TLS, or EjournalSecure is off. */
ej_err_t *ej_origin_is_safe(const ej_request_t *request);
/* Whether browsers trust this origin: it came over TLS or from this machine.
 * On any other they ignore Clear-Site-Data. */
int ej_origin_is_trusted(const ej_request_t *request);
/* The address of this site as the browser knows it: EjournalOrigin, or the
 * request's own scheme and Host. */
const char *ej_origin_self(const ej_request_t *request);

#endif
