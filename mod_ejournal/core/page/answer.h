/* answer.h: what an answer looks like, apart from how it came about (handle.c).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_ANSWER_H
#define EJ_ANSWER_H

#include "page/ctx.h"

/* The whole page: 304, or the document in the format asked for. */
int ej_answer_page(ej_ctx_t *c, int status);
/* 303 to c->location, or to the start page. */
int ej_answer_redirect(ej_ctx_t *c);
/* To the log-in page with a way back, or 401. */
int ej_answer_login(ej_ctx_t *c);
/* Outcomes alone, for the page's script; err is NULL when all was saved. */
int ej_answer_outcomes(ej_ctx_t *c, const ej_err_t *err);
/* An error page (or XML), unless Apache has answered already. */
int ej_answer_fail(ej_request_t *request, const ej_err_t *err);
/* The error page of a write that failed through no fault of the form: with
 * what was typed, to be sent again. */
int ej_answer_fail_typed(const ej_ctx_t *failed, const ej_err_t *err,
                         const ej_params_t *typed, apr_table_t *form);
/* Apache's own 400, 408, 413, 414 … by ErrorDocument. */
int ej_answer_apache_error(ej_request_t *request);

#endif
