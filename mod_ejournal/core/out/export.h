/* export.h: writes a table of many rows, in pieces, to a temporary file.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_EXPORT_H
#define EJ_EXPORT_H

#include <apr_file_io.h>

#include "conf/conf.h"
#include "doc/xml.h"
#include "out/format.h"

typedef struct ej_export_t ej_export_t;

/* Begin a CSV or XLSX file of the page that the sheet makes. Lives: with pool.
 * Errors: JE510 no room, JE500. */
ej_err_t *ej_export_begin(ej_export_t **made, apr_pool_t *pool, request_rec *r,
                          const ej_server_t *conf, const char *sheet,
                          ej_format_t format);
/* Transform a document with a piece of the rows, and add the first table of the
 * result to the file: its head once, its other rows. Nothing of the document is
 * needed afterwards. scratch is for this call alone.
 * Errors: JE401 no table, JE510 no room, JE500. */
ej_err_t *ej_export_add(ej_export_t *export, ej_doc_t *doc,
                        apr_pool_t *scratch);
/* End the file; set *file to it, at its beginning, and *length.
 * Errors: JE510 no room. */
ej_err_t *ej_export_end(apr_file_t **file, apr_off_t *length,
                        ej_export_t *export);

#endif
