/* digest.h: SHA-256 and random bytes.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_DIGEST_H
#define EJ_DIGEST_H

#include <apr_pools.h>

#define EJ_DIGEST 32 /* SHA-256 */
typedef struct ej_digest_t ej_digest_t;
/* Begin a digest. Lives: with pool, whose cleanup frees it. */
ej_digest_t *ej_digest_new(apr_pool_t *pool);
/* Add a value. Its length is added first, so that "ab" "c" and "a" "bc" differ;
 * NULL differs from "". */
void ej_digest_add(ej_digest_t *digest, const char *value, apr_size_t length);
/* Add bytes without their length, for a digest that other programs compute as
 * well. */
void ej_digest_bytes(ej_digest_t *digest, const void *bytes, apr_size_t length);
/* Set out to the digest; nothing can be added afterwards. */
void ej_digest_end(ej_digest_t *digest, unsigned char out[EJ_DIGEST]);
/* The digest of some bytes alone. */
void ej_digest_of(unsigned char out[EJ_DIGEST], const char *bytes,
                  apr_size_t length);
/* Add the names and contents of all files below dir, in order of their names;
 * hidden ones do not count, a missing dir has none. NULL, or the line to show
 * at configtest. */
const char *ej_digest_files(ej_digest_t *digest, const char *dir,
                            apr_pool_t *ptemp);
/* SHA-256 of a text as a bytea literal (\x…). Of a token or code the database
 * keeps only this digest. */
const char *ej_digest_text(apr_pool_t *pool, const char *text);
/* Whether two texts are equal, compared in a time that depends only on their
 * length. */
int ej_digest_same(const char *a, const char *b);
/* n bytes of the system's generator. Ends the process when it has none. */
void ej_digest_random(unsigned char *out, apr_size_t n);

#endif
