/* stream.h: a table of any number of rows, as CSV or XLSX.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_STREAM_H
#define EJ_STREAM_H

#include "page/ctx.h"

#define EJ_STREAM_DEADLINE apr_time_from_sec(120) /* until the rows are read */

/* Make this query the page's stream, and give the page more time. */
void ej_stream_begin(ej_ctx_t *c, ej_entry_t *entry);
/* Ask the query of the page's stream, in its transaction, and keep the rows in
 * a temporary file. Errors: the query's; JE510 no room; the client has gone. */
ej_err_t *ej_stream_read(ej_ctx_t *c);
/* Make the reply of the rows that were read, after COMMIT. The page's sheet
 * gets them in pieces. Sets *file and *length.
 * Errors: JE510 no room, JE500; the client has gone. */
ej_err_t *ej_stream_make(apr_file_t **file, apr_off_t *length, ej_ctx_t *c);

#endif
