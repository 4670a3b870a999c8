/* csv.h: the tables of a result tree written as CSV.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_CSV_H
#define EJ_CSV_H

#include <apr_pools.h>

/* The table.data of a result tree (an xmlDocPtr) as CSV, for programs when
 * is_plain; NULL for none. */
const char *ej_csv_write(apr_size_t *length, apr_pool_t *pool, void *html,
                         int is_plain);

#endif
