/* digest.c: SHA-256 and random bytes; one of the two users of libcrypto.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ctx.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdlib.h>

struct ej_digest_t {
    EVP_MD_CTX *evp;
};

static apr_status_t drop(void *evp)
{
    EVP_MD_CTX_free(evp);
    return APR_SUCCESS;
}

ej_digest_t *ej_digest_new(apr_pool_t *pool)
{
    ej_digest_t *digest = apr_palloc(pool, sizeof *digest);
    digest->evp = EVP_MD_CTX_new();
    if (!digest->evp || !EVP_DigestInit_ex(digest->evp, EVP_sha256(), NULL))
        abort(); /* out of memory: never half a page */
    apr_pool_cleanup_register(pool, digest->evp, drop, apr_pool_cleanup_null);
    return digest;
}

void ej_digest_add(ej_digest_t *digest, const char *value, apr_size_t length)
{
    apr_uint64_t size = value ? length : APR_UINT64_MAX;
    EVP_DigestUpdate(digest->evp, &size, sizeof size);
    if (value)
        EVP_DigestUpdate(digest->evp, value, length);
}

void ej_digest_end(ej_digest_t *digest, unsigned char out[EJ_DIGEST])
{
    EVP_DigestFinal_ex(digest->evp, out, NULL);
}

void ej_digest_of(unsigned char out[EJ_DIGEST], const char *bytes,
                  apr_size_t length)
{
    if (!EVP_Digest(bytes, length, out, NULL, EVP_sha256(), NULL))
        abort();
}

const char *ej_digest_text(apr_pool_t *pool, const char *text)
{
    unsigned char sum[EJ_DIGEST];
    ej_digest_of(sum, text, strlen(text));
    return apr_pstrcat(pool, "\\x", ej_text_hex(pool, sum, EJ_DIGEST), NULL);
}

int ej_digest_same(const char *a, const char *b)
{
    apr_size_t n = strlen(a);
    return n == strlen(b) && !CRYPTO_memcmp(a, b, n);
}

void ej_random(unsigned char *out, apr_size_t n)
{
    if (RAND_bytes(out, (int)n) != 1)
        abort();
}
