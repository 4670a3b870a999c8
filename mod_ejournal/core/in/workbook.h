/* workbook.h: reads the first sheet of an XLSX workbook.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_WORKBOOK_H
#define EJ_WORKBOOK_H

#include <apr_file_io.h>

#include "text/rows.h"

/* Read the first sheet; a number or day is the text that is in the file (a day
 * a number of days since 30 December 1899). Errors: those of ej_rows_cell;
 * JE131 no workbook, hostile XML, or too large when unpacked. */
ej_code_t ej_workbook_read(ej_rows_t *rows, apr_pool_t *pool, apr_file_t *file);

#endif
