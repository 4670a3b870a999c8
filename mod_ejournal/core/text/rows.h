/* rows.h: the rows of a table that came as a file, as JSON. Pure.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_ROWS_H
#define EJ_ROWS_H

#include "ej.h"

typedef struct ej_rows_t ej_rows_t;

/* Gather rows, at most max of them that are not blank. */
ej_rows_t *ej_rows_new(apr_pool_t *pool, int max);
/* Take a cell; line and column count from 1, and lines never go back. Blanks
 * around it and characters that cannot be kept are left out. Errors: JE107 too
 * many rows or more than 100 columns, JE104 a cell above 4,000 bytes. */
ej_code_t ej_rows_cell(ej_rows_t *rows, int line, int column, const char *text);
/* The rows that are not blank: [[line, "cell", …], …]. */
const char *ej_rows_json(ej_rows_t *rows);

/* Read a table of comma, semicolon or TAB (what the first line has most of) in
 * UTF-8 or, if it is none, in CP1251. text has a NUL at its end. Errors: those
 * of ej_rows_cell; JE131 a NUL within, or a quote without end. */
ej_code_t ej_rows_csv(ej_rows_t *rows, const char *text, apr_size_t length);

#endif
