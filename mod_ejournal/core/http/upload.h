/* upload.h: files that come with a form.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_UPLOAD_H
#define EJ_UPLOAD_H

#include "http/request.h"

typedef struct ej_upload_t ej_upload_t;

/* Begin to read a multipart form into form (its fields) and request->files;
 * NULL when the request has no such form, or its route takes no files. */
ej_upload_t *ej_upload_begin(ej_request_t *request, apr_table_t *form);
/* Read the next data. Errors: JE100 malformed, JE107 too many parts, JE109 too
 * long fields, JE130 a file of another type, JE510 no room for it. */
ej_err_t *ej_upload_take(ej_upload_t *upload, const char *data, apr_size_t n);
/* JE100 when the body ended too early. */
ej_err_t *ej_upload_end(ej_upload_t *upload);

#endif
