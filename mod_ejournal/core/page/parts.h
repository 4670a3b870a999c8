/* parts.h: a printed document of many parts, and its archive.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_PARTS_H
#define EJ_PARTS_H

#include "page/ctx.h"

#define EJ_PARTS_DEADLINE apr_time_from_sec(120) /* until all are read */

/* Begin the next try: forget the parts of the last one. */
void ej_parts_reset(ej_ctx_t *c);
/* Make the reply of the parts that were read: the printed page, or the archive.
 * Sets *file to it, at its beginning, and *length. Errors: JE500, JE510. */
ej_err_t *ej_parts_make(apr_file_t **file, apr_off_t *length, ej_ctx_t *c);
/* The content type of that reply. */
const char *ej_parts_type(const ej_ctx_t *c);
/* The name of the archive's file; NULL for a page. */
const char *ej_parts_name(const ej_ctx_t *c);

#endif
