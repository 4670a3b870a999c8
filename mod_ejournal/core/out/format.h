/* format.h: the format of an answer.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_FORMAT_H
#define EJ_FORMAT_H

#include <httpd.h>

#include "ej.h"

typedef enum { EJ_HTML, EJ_PRINT, EJ_XML, EJ_CSV, EJ_RFC4180 } ej_format_t;
#define EJ_IS_CSV(format) ((format) == EJ_CSV || (format) == EJ_RFC4180)

/* The format that ?format= or Accept asks for; text/html wins a tie. Errors:
 * JE106. */
ej_err_t *ej_format_find(ej_format_t *format, request_rec *r,
                         const apr_table_t *query);
/* Whether Accept prefers XML. */
int ej_format_is_xml(request_rec *r);

#endif
