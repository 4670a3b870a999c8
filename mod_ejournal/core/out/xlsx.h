/* xlsx.h: writes the tables of a page as XLSX.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_XLSX_H
#define EJ_XLSX_H

#include <apr_file_io.h>

#include "ej.h"
#include "out/table.h"

/* Set *bytes to the table.data of a result tree (an xmlDocPtr) as one sheet of
 * an XLSX workbook: typed cells, joined heads. Errors: JE401 no table, JE500 it
 * could not be written. */
ej_err_t *ej_xlsx_write(const char **bytes, apr_size_t *length,
                        apr_pool_t *pool, void *html);

/* A workbook of one long table, written row by row in constant memory. */
typedef struct ej_xlsx_t ej_xlsx_t;
/* Begin a workbook in an open temporary file. Lives: with pool.
 * Errors: JE500. */
ej_err_t *ej_xlsx_open(ej_xlsx_t **book, apr_pool_t *pool, apr_file_t *file);
/* Add the rows of a table from number `from` on; with from 0 its name and head
 * as well. A sheet that is full is followed by another. Errors: JE510. */
ej_err_t *ej_xlsx_rows(ej_xlsx_t *book, const ej_table_t *table, int from);
/* Write the workbook to its file. Errors: JE510 no room. */
ej_err_t *ej_xlsx_close(ej_xlsx_t *book);

#endif
