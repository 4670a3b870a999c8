/* refusal.h: what an answer says of a refusal: errors, and what was typed.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_REFUSAL_H
#define EJ_REFUSAL_H

#include "page/ctx.h"

/* Append at most 50 errors to parent; the first tells how many more there are.
 * number is that of the log, or NULL. */
void ej_refusal_errors(apr_pool_t *pool, ej_node_t *parent,
                       const ej_err_t *first, const char *number);
/* One line of the log for a refusal or failure, of several the first: code,
 * route, account, causes; never what was typed. The number of the line when it
 * is a fault of ours, else NULL. */
const char *ej_refusal_log(request_rec *r, const ej_err_t *err,
                           const ej_identity_t *identity, const char *path);
/* Lay what was typed over the document: <form><row n code?><field name>. The
 * n-th field of a name is of row n, so that of a table of fields each row
 * stands together, with the code of what refused it; other forms have one row.
 * refusal may be NULL. */
void ej_refusal_typed(ej_ctx_t *c, const ej_params_t *typed,
                      const apr_table_t *form, const ej_err_t *refusal);

#endif
