/* cookie.h: reads and sets the cookies of a browser: the session, the device,
 * the token of forms that need no session, and the mark of a browser that was
 * asked for the second factor of a session without a cookie.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_COOKIE_H
#define EJ_COOKIE_H

#include "http/request.h"

/* The attribute of a cookie that lasts 180 days, as the longest session. */
#define EJ_COOKIE_LASTS "; Max-Age=15552000"

/* The session cookie's name on this mount; begins with __Host- where the cookie
 * is Secure. */
const char *ej_cookie_name(const ej_request_t *request);
/* The token in the cookie of that name; NULL when the browser sent none, or
 * something other than 64 hexadecimal digits. */
const char *ej_cookie_get(const ej_request_t *request, const char *name);
/* The digest of the session cookie's token as \x…, or NULL without a token. */
const char *ej_cookie_digest(const ej_request_t *request);
/* Set a cookie for this mount. age is "; Max-Age=…", or "" for a cookie that
 * ends when the browser is closed. */
void ej_cookie_set(const ej_request_t *request, const char *name,
                   const char *value, const char *age);
/* A new token: 64 hexadecimal digits. */
const char *ej_cookie_token(apr_pool_t *pool);
/* The token of this browser's device cookie, or NULL without one. By the token
 * a browser that logged in before is let in although other browsers at the same
 * network address guess passwords and have to wait. */
const char *ej_cookie_device(const ej_request_t *request);
/* The name of the device cookie. */
const char *ej_cookie_device_name(const ej_request_t *request);
/* The token of this browser's cookie -second, or NULL without one. A session of
 * Basic or another module has no cookie: by this one the second factor counts
 * in the browser alone in which it was shown. */
const char *ej_cookie_second(const ej_request_t *request);
/* The name of that cookie. */
const char *ej_cookie_second_name(const ej_request_t *request);
/* The number of the last error (of 500 and above) that this browser was shown
 * while the same account was logged in, or nobody; NULL without one. */
const char *ej_cookie_error(const ej_request_t *request, ej_id_t account_id);
/* Remember such a number, until the browser is closed. */
void ej_cookie_set_error(const ej_request_t *request, ej_id_t account_id,
                         const char *number);
/* This browser's token for forms that need no session (log-in, activation): a
 * digest of a cookie, which is set where the browser has none. Another site can
 * neither read nor forge the token, so it cannot log a person in under another
 * account. Logging in keeps the token: a form reached by Back still works. */
const char *ej_cookie_form_token(const ej_request_t *request);

#endif
