/* parse.h: parses numbers, paths and forms received over HTTP.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_PARSE_H
#define EJ_PARSE_H

#include "ej.h"

/* Parse the id in a path segment or field: 1 .. 2^63-1, digits only, no sign,
 * no leading zero. 0 for anything else. */
int ej_parse_id(ej_id_t *id, const char *s, apr_size_t length);
/* Parse a signed number within bounds; 0 for anything else. */
int ej_parse_number(int *number, const char *s, int min, int max);
/* Parse a number from min to max with at most digits digits after its comma or
 * point, at most 15 in all; *number is the same with a point. 0 for anything
 * else. */
int ej_parse_decimal(const char **number, apr_pool_t *pool, const char *s,
                     int min, int max, int digits);

/* Match path against a route's pattern ("/journals/{journal_id}"); on success
 * the values of the names are put into params (name -> text).
 * The suffix of a name is its type: _id, _on, _key, _word. */
int ej_parse_path(apr_pool_t *pool, const char *pattern, const char *path,
                  apr_table_t *params);

#define EJ_FORM_NUL '\1'
/* Decode application/x-www-form-urlencoded into table, in order, repeated
 * names kept. Returns EJ_OK, JE100 for a malformed escape or broken UTF-8 in
 * a name, or JE107 for more than max fields. Values may be any
 * bytes; a NUL becomes EJ_FORM_NUL, which no field takes either (JE105), so
 * that the field is named and the others are not lost. */
ej_code_t ej_parse_form(apr_pool_t *pool, const char *body, apr_size_t length,
                        int max, apr_table_t *table);

#endif
