/* xlsx.h: writes the tables of a page as XLSX.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_XLSX_H
#define EJ_XLSX_H

#include <apr_pools.h>

#include "ej.h"

/* Set *bytes to the table.data of a result tree (an xmlDocPtr) as one sheet of
 * an XLSX workbook: typed cells, joined heads. Errors: JE401 no table, JE500 it
 * could not be written. */
ej_err_t *ej_xlsx_write(const char **bytes, apr_size_t *length,
                        apr_pool_t *pool, void *html);

#endif
