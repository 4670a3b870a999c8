/* cookie.h: the cookies of a browser: session, device, and what stands for the
 * forms that need no session.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_COOKIE_H
#define EJ_COOKIE_H

#include "http/request.h"

/* Attributes of a cookie that lasts 180 days, as the longest session. */
#define EJ_COOKIE_LASTS "; Max-Age=15552000"

/* The session cookie's name: of this mount, __Host- where it is Secure. */
const char *ej_cookie_name(const ej_request_t *request);
/* The token of a cookie of ours, 64 hexadecimal digits; NULL when there is none
 * of that form. */
const char *ej_cookie_get(const ej_request_t *request, const char *name);
/* The session cookie's token as \x… digest, or NULL when there is none of its
 * form. */
const char *ej_cookie_digest(const ej_request_t *request);
/* Set a cookie of this mount; age is "" (until the browser ends) or ";
 * Max-Age=…". */
void ej_cookie_set(const ej_request_t *request, const char *name,
                   const char *value, const char *age);
/* A new token: 64 hexadecimal digits. */
const char *ej_cookie_token(apr_pool_t *pool);
/* The token of this browser's device cookie, by which the browser is known
 * again when its neighbours guess; NULL when it has none yet. */
const char *ej_cookie_device(const ej_request_t *request);
/* The name of that cookie. */
const char *ej_cookie_device_name(const ej_request_t *request);
/* The token of the forms that need no session, of this browser: a digest of a
 * cookie that is set when there is none, so that another site can neither read
 * nor make it and log somebody in as somebody else. It outlives log-ins: a page
 * reached by Back is as good as a new one. */
const char *ej_cookie_form_token(const ej_request_t *request);

#endif
