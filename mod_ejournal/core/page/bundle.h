/* bundle.h: tables of any size as one ZIP of CSV files.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_BUNDLE_H
#define EJ_BUNDLE_H

#include <apr_file_io.h>

#include "page/ctx.h"

/* Run the handler's query that records a finished bundle (ej_page_bundle), in a
 * transaction of its own; nothing for a page without a bundle. Errors: those of
 * that query. */
ej_err_t *ej_bundle_enter(ej_ctx_t *c);
/* The whole ZIP, at its beginning, and the name that it is sent under. */
const char *ej_bundle_file(apr_file_t **file, apr_off_t *length,
                           const ej_ctx_t *c);

#endif
