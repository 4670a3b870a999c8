/* table.h: reads the tables of a page, for csv.c and xlsx.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_TABLE_H
#define EJ_TABLE_H

#include <apr_tables.h>

#define EJ_TABLE_COLUMNS 400 /* at most; further cells are left out */

typedef enum {
    EJ_CELL_TEXT,
    EJ_CELL_NUMBER, /* digits, a point, digits */
    EJ_CELL_TIME    /* of <time>: 2026-11-20, 2026-11-20T10:00, 10:00 */
} ej_cell_kind_t;

/* One cell. text is NULL where a cell above or to the left spans this place, or
 * the row has ended. */
typedef struct {
    const char *text;
    ej_cell_kind_t kind;
    int is_head;
    int columns, rows; /* that the cell spans */
} ej_cell_t;

typedef struct {
    const char *name; /* the caption, or the heading above; NULL: none */
    int width;        /* of the widest row */
    /* of ej_cell_t *: at least width cells each, and 2 */
    apr_array_header_t *rows;
} ej_table_t;

/* Read every table.data of a result tree (an xmlDocPtr) into ej_table_t *.
 * Cells of class "to", which are only links to other pages, are left out.
 * Lives: with pool, and with the tree. */
apr_array_header_t *ej_table_read_all(apr_pool_t *pool, void *html);

#endif
