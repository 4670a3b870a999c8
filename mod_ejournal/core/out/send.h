/* send.h: sets headers and sends replies.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_SEND_H
#define EJ_SEND_H

#include <httpd.h>

#include "ej.h"

/* Set the security headers (Content-Security-Policy and others). Called before
 * any stage that may refuse, so that every reply below a mount has them, static
 * files and Apache's own errors included. */
void ej_send_guard(request_rec *r);
/* Set Vary and Cache-Control: no-store, or revalidate at every use. */
void ej_send_caching(request_rec *r, int no_store);
/* Set the header by which the browser clears its cache of pages. */
void ej_send_forget(request_rec *r);
/* NULL, or an error with rv APR_ECONNABORTED when the client has closed its
 * side: a page that nobody waits for is not made. Do not call it for a write,
 * which must go on. */
ej_err_t *ej_send_is_wanted(request_rec *r);
/* End the request of a client that has closed its side: 499 in access_log. */
int ej_send_nothing(request_rec *r);
/* Send a whole reply with its status and length; no body for HEAD. Returns the
 * value for Apache's handler hook: OK, or the status when the request's body
 * could not be read. The caller holds no database connection: a slow client
 * would keep it. */
int ej_send_answer(request_rec *r, int status, const char *type,
                   const char *text, apr_size_t length);

/* Send a temporary file as a whole reply with its length. The caller holds no
 * database connection. Errors: the value for Apache's handler hook. */
int ej_send_file(request_rec *r, const char *type, apr_file_t *file,
                 apr_off_t length);

#endif
