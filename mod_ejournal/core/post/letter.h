/* letter.h: writes a letter (RFC 5322) by GMime.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_LETTER_H
#define EJ_LETTER_H

#include <apr_pools.h>

#include "ej.h"

/* What a letter is made of; texts are clean UTF-8. */
typedef struct {
    const char *from_name, *from; /* the school, the journal's address */
    const char *to;
    const char *id;          /* of Message-ID, without brackets */
    apr_int64_t at;          /* seconds since 1970 */
    const char *unsubscribe; /* the address that ends such letters, or NULL */
    const char *text;        /* the subject, an empty line, the text */
} ej_letter_t;

/* Prepare GMime. Once a child, before its threads start. */
void ej_letter_init(void);
/* Write the letter, with lines of at most 78 characters that end in CR LF. The
 * same letter has the same bytes. Lives: in pool. */
const char *ej_letter_write(apr_size_t *length, apr_pool_t *pool,
                            const ej_letter_t *letter);

#endif
