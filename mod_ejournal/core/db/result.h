/* result.h: the rows that a statement returned.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_RESULT_H
#define EJ_RESULT_H

typedef struct ej_result_t ej_result_t; /* rows of one statement (a PGresult) */

/* The numbers of rows and columns; the functions below count from 0. A
 * statement without a result (BEGIN) has none of either. */
int ej_result_rows(const ej_result_t *result);
int ej_result_columns(const ej_result_t *result);
/* A column's name as SQL gives it. Lives: with the result. */
const char *ej_result_name(const ej_result_t *result, int column);
/* The first column of that name, or -1; by its exact letters. */
int ej_result_column(const ej_result_t *result, const char *name);
/* The text of a value; NULL for NULL. Booleans are "t" and "f". Lives: with
 * the result. */
const char *ej_result_get(const ej_result_t *result, int row, int column);
/* Whether a column is boolean: in a document its "t" becomes "1", and "f" makes
 * no attribute. */
int ej_result_is_bool(const ej_result_t *result, int column);

#endif
