/* answer.h: builds and sends every kind of reply: page, redirect, outcomes,
 * error. Which kind a request gets is decided in handle.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_ANSWER_H
#define EJ_ANSWER_H

#include "page/ctx.h"

/* Send the whole page: 304, or the document in the requested format. */
int ej_answer_page(ej_ctx_t *c, int status);
/* Send 303 to c->location, or to the start page where that is NULL. */
int ej_answer_redirect(ej_ctx_t *c);
/* Send a GET to the log-in page, with the address to return to; answer any
 * other request with 401. */
int ej_answer_login(ej_ctx_t *c);
/* Send the outcomes alone, for the page's script; err is NULL when every row
 * was saved. */
int ej_answer_outcomes(ej_ctx_t *c, const ej_err_t *err);
/* Send an error page (or XML), unless Apache has replied already. */
int ej_answer_fail(ej_request_t *request, const ej_err_t *err);
/* Send the error page of a write that failed through no fault of the form; the
 * page holds the typed values, so that the form can be sent again. */
int ej_answer_fail_typed(const ej_ctx_t *failed, const ej_err_t *err,
                         const ej_params_t *typed, apr_table_t *form);
/* Send the error page for a status that Apache itself set (400, 408, 413, 414
 * …); Apache calls it by ErrorDocument. */
int ej_answer_apache_error(ej_request_t *request);

#endif
