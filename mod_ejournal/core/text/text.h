/* text.h: functions on UTF-8 texts. Pure: uses only APR.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_TEXT_H
#define EJ_TEXT_H

#include <apr_pools.h>
#include <apr_strings.h>

/* Whether s is UTF-8 that XML 1.0 can carry; lines lets TAB, LF, CR pass. */
int ej_text_is_clean(const char *s, apr_size_t length, int lines);
/* Whether s is UTF-8, whatever control characters are in it. */
int ej_text_is_utf8(apr_pool_t *pool, const char *s, apr_size_t length);
/* Make a text lower case: ASCII and Russian letters; others are kept. */
char *ej_text_lower(apr_pool_t *pool, const char *s);
/* Normalise an activation code typed from paper. Characters that are in no code
 * are skipped; small and Russian letters, and letters that look like a digit
 * (O, I, B, S, Z), become the character of ej.new_code() that they look like. s
 * is clean UTF-8. */
char *ej_text_code(apr_pool_t *pool, const char *s);
/* Number of characters (code points) of clean UTF-8. */
apr_size_t ej_text_length(const char *s);
/* Remove blanks at both ends, and change CR LF and CR to LF. */
char *ej_text_trim(apr_pool_t *pool, const char *s);
/* Find the next web address in a text, or NULL. It goes from http:// or
 * https:// to the next blank, without the punctuation of the sentence at its
 * end; a closing bracket belongs to the address if it opened there. Calling it
 * again after each address reads a whole text at most twice. */
const char *ej_text_link(const char *s, apr_size_t *length);
/* The Content-Disposition of an attachment of this name, clean UTF-8: as RFC
 * 6266 has it, with an ASCII name for old programs. */
const char *ej_text_disposition(apr_pool_t *pool, const char *name);
/* Make a JSON string of clean UTF-8, with its quotes; NULL becomes null. */
const char *ej_text_json(apr_pool_t *pool, const char *s);
/* Make a PostgreSQL array literal of n texts; NULL stays NULL. */
char *ej_text_array(apr_pool_t *pool, const char *const *texts, int n);

#endif
