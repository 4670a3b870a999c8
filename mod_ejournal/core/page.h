/* page.h: what an answer looks like, apart from how it came about (ctx.c).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_PAGE_H
#define EJ_PAGE_H

#include "ctx.h"

/* The format that ?format= or Accept asks for; text/html wins a tie. */
ej_err_t *ej_page_format(ej_format_t *format, request_rec *r);
/* JE303 unless the form carries the token of its session, or of the forms that
 * need none. */
ej_err_t *ej_page_form_token(ej_ctx_t *c, const apr_table_t *form);
/* The page's own id of this operation, else a fresh one. */
const char *ej_page_operation_id(ej_ctx_t *c, const apr_table_t *form);
/* Lay what was typed over the document: <form><row n code?><field name>. The
 * n-th field of a name is of row n, so that of a table of fields each row
 * stands together, with the code of what refused it; other forms have one row.
 * refusal may be NULL. */
void ej_page_typed(ej_ctx_t *c, const ej_params_t *typed,
                   const apr_table_t *form, const ej_err_t *refusal);
/* Append at most 50 errors to parent; the first tells how many more there are.
 * number is that of the log, or NULL. */
void ej_page_errors(apr_pool_t *pool, ej_node_t *parent, const ej_err_t *first,
                    const char *number);
/* The error page of a write that failed through no fault of the form: with
 * what was typed, to be sent again. */
int ej_page_fail_typed(const ej_ctx_t *of, const ej_err_t *err,
                       const ej_params_t *typed, apr_table_t *form);
/* One line of the log for a refusal or failure, of several the first: code,
 * route, account, causes; never what was typed. The number of the line when it
 * is a fault of ours, else NULL. */
const char *ej_page_log(request_rec *r, const ej_err_t *err,
                        const ej_auth_t *auth, const char *path);
/* The bad or conflicting rows of a write's outcomes as one error list. */
ej_err_t *ej_page_outcome_errors(ej_ctx_t *c);
/* Outcomes alone, for the page's script. */
int ej_page_fragment(ej_ctx_t *c, const ej_err_t *err);
/* Add what a page is besides its answers: request, person, sheets. */
void ej_page_add_frame(ej_ctx_t *c, ej_digest_t *digest);
/* 303 to c->location, or to the start page. */
int ej_page_redirect(ej_ctx_t *c);
/* To the log-in page with a way back, or 401. */
int ej_page_login(ej_ctx_t *c);
/* The whole page: 304, or the document in the format asked for. */
int ej_page_answer(ej_ctx_t *c, int status);
/* Apache's own 400, 408, 413, 414 … by ErrorDocument. */
int ej_page_apache_error(request_rec *r);
/* Test builds only: make a step fail (X-Ejournal-Fail-Step). */
void ej_page_fail_at(ej_ctx_t *c);

/* Lay the answers that have come into the document, each once. */
void ej_ctx_fill(ej_ctx_t *c);

#endif
