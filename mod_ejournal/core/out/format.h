/* format.h: the format of an answer.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_FORMAT_H
#define EJ_FORMAT_H

#include <httpd.h>

#include "ej.h"

typedef enum {
    EJ_HTML,
    EJ_PRINT,
    EJ_XML,
    EJ_CSV,
    EJ_RFC4180,
    EJ_XLSX
} ej_format_t;
/* Whether the format has only the tables of a page, as a spreadsheet's file. */
#define EJ_IS_TABLE(format) ((format) >= EJ_CSV)

/* Set *format to the one that ?format= or Accept asks for; text/html wins a
 * tie. A form is never answered with a table. Errors: JE106. */
ej_err_t *ej_format_find(ej_format_t *format, request_rec *r,
                         const apr_table_t *query);
/* Whether Accept prefers XML. */
int ej_format_is_xml(request_rec *r);

#endif
