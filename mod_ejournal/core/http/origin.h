/* origin.h: where a request comes from.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_ORIGIN_H
#define EJ_ORIGIN_H

#include "http/request.h"

/* JE304 unless a POST came from a page of this site, as far as the browser
 * tells. */
ej_err_t *ej_origin_check(const ej_request_t *request);
/* Whether a browser says that a page of this site sent the form; an old one
 * says nothing. */
int ej_origin_is_own(const ej_request_t *request);
/* JE305 unless the request came over TLS, or EjournalSecure is off. */
ej_err_t *ej_origin_is_safe(const ej_request_t *request);
/* Whether browsers trust this origin: it came over TLS or from this machine.
 * On any other they ignore Clear-Site-Data. */
int ej_origin_is_trusted(const ej_request_t *request);

#endif
