/* csv.h: writes the tables of a page as CSV.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_CSV_H
#define EJ_CSV_H

#include <apr_pools.h>

#include "out/table.h"

/* Write every table.data of a result tree (an xmlDocPtr) as CSV: RFC 4180 for
 * programs when is_plain, else for Russian spreadsheets. NULL without a table.
 */
const char *ej_csv_write(apr_size_t *length, apr_pool_t *pool, void *html,
                         int is_plain);

/* The rows of one table from number `from` on, as CSV; from 0 with its name. */
const char *ej_csv_rows(apr_pool_t *pool, const ej_table_t *table, int is_plain,
                        int from);
/* What a file of CSV begins with: the mark of UTF-8 for spreadsheets. */
const char *ej_csv_mark(int is_plain);

#endif
