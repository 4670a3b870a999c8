/* send.h: headers, and sending of an answer.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_SEND_H
#define EJ_SEND_H

#include <httpd.h>

#include "ej.h"

/* Set the headers by which a browser guards what it got. Before any stage that
 * may refuse: they are on all answers below a mount, files and Apache's own
 * errors included. */
void ej_send_guard(request_rec *r);
/* Set what a page's caching hangs on. */
void ej_send_caching(request_rec *r, int no_store);
/* Let the browser forget all pages it kept. */
void ej_send_forget(request_rec *r);
/* NULL, or an error with rv APR_ECONNABORTED when the client has closed its
 * side: nothing more is done for a page that nobody waits for. A write is never
 * asked: it goes on. */
ej_err_t *ej_send_is_wanted(request_rec *r);
/* End the request of such a client: 499 in access_log. */
int ej_send_nothing(request_rec *r);
/* Send a whole answer with its status and length; no body for HEAD. Returns
 * for the handler hook: OK, or why the request's body could not be read. No
 * connection of the database may be held: whoever reads slowly would keep it.
 */
int ej_send_answer(request_rec *r, int status, const char *type,
                   const char *text, apr_size_t length);

#endif
