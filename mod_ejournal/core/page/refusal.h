/* refusal.h: puts errors and typed values into a document, and logs refusals.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_REFUSAL_H
#define EJ_REFUSAL_H

#include "page/ctx.h"

/* Append at most 50 errors to parent; the first has the count of the others.
 * number is that of the log line, or NULL. */
void ej_refusal_errors(apr_pool_t *pool, ej_node_t *parent,
                       const ej_err_t *first, const char *number);
/* Log a refusal or failure (the first of several) in one line: code, route,
 * account, causes; never a typed value. Returns the line's number where the
 * journal itself is at fault, else NULL. */
const char *ej_refusal_log(request_rec *r, const ej_err_t *err,
                           const ej_identity_t *identity, const char *path);
/* Add the typed values to the document: <form><row n code?><field name>. The
 * n-th field of a name belongs to row n. So each row of a table of fields
 * stands together, with the code of its error; any other form has one row.
 * refusal may be NULL. */
void ej_refusal_typed(ej_ctx_t *c, const ej_params_t *typed,
                      const apr_table_t *form, const ej_err_t *refusal);

#endif
