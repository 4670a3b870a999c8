/* text.h: texts in UTF-8. Pure: knows APR alone.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_TEXT_H
#define EJ_TEXT_H

#include <apr_pools.h>
#include <apr_strings.h>

/* Whether s is UTF-8 that XML 1.0 can carry; lines lets TAB, LF, CR pass. */
int ej_text_is_clean(const char *s, apr_size_t length, int lines);
/* In lower case: the letters of ASCII and of Russian, all else as it is. */
char *ej_text_lower(apr_pool_t *pool, const char *s);
/* A code as a person reads it from paper: signs between do not count, small
 * letters, Russian ones and those that look like a figure (O, I, B, S, Z) are
 * what they look like. Clean UTF-8. The signs of ej.new_code() stay as they
 * are. */
char *ej_text_code(apr_pool_t *pool, const char *s);
/* Number of characters (code points) of clean UTF-8. */
apr_size_t ej_text_length(const char *s);
/* Without blanks at both ends; CR LF and CR made LF. */
char *ej_text_trim(apr_pool_t *pool, const char *s);
/* The next web address in a text, or NULL: from http:// or https:// to the
 * next blank, without the sentence's own marks at its end; a bracket that the
 * address opens itself is its own. Asked again behind the last one, a whole
 * text is read twice at most. */
const char *ej_text_link(const char *s, apr_size_t *length);
/* A PostgreSQL array literal of n texts; NULL elements are NULL. */
char *ej_text_array(apr_pool_t *pool, const char *const *texts, int n);

#endif
