/* digest.c: SHA-256 and random bytes; one of the two users of libcrypto.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ctx.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdlib.h>

/* A page's answers are thousands of short values: they are gathered here, since
 * libcrypto takes longer to be called than to digest them. */
struct ej_digest_t {
    EVP_MD_CTX *evp;
    apr_size_t used;
    unsigned char gathered[4096];
};

/* Fetched once, by check_config, before there are threads. EVP_sha256() alone
 * is looked for by its name at every use. */
static const EVP_MD *sha256(void)
{
    static const EVP_MD *found;
    if (!found)
        found = EVP_MD_fetch(NULL, "SHA256", NULL);
    if (!found)
        abort(); /* out of memory: never half a page */
    return found;
}

static apr_status_t drop(void *evp)
{
    EVP_MD_CTX_free(evp);
    return APR_SUCCESS;
}

ej_digest_t *ej_digest_new(apr_pool_t *pool)
{
    ej_digest_t *digest = apr_palloc(pool, sizeof *digest);
    digest->used = 0;
    digest->evp = EVP_MD_CTX_new();
    if (!digest->evp || !EVP_DigestInit_ex(digest->evp, sha256(), NULL))
        abort();
    apr_pool_cleanup_register(pool, digest->evp, drop, apr_pool_cleanup_null);
    return digest;
}

static void flush(ej_digest_t *digest)
{
    EVP_DigestUpdate(digest->evp, digest->gathered, digest->used);
    digest->used = 0;
}

static void gather(ej_digest_t *digest, const void *bytes, apr_size_t n)
{
    if (digest->used + n > sizeof digest->gathered)
        flush(digest);
    if (n > sizeof digest->gathered)
        EVP_DigestUpdate(digest->evp, bytes, n);
    else {
        memcpy(digest->gathered + digest->used, bytes, n);
        digest->used += n;
    }
}

/* A length before each value, so that none runs into the next: one byte for
 * most, 254 and eight for long ones, 255 for NULL. */
void ej_digest_add(ej_digest_t *digest, const char *value, apr_size_t length)
{
    apr_uint64_t size = length;
    unsigned char first = !value ? 255 : length < 254 ? length : 254;
    gather(digest, &first, 1);
    if (first == 254)
        gather(digest, &size, sizeof size);
    if (value)
        gather(digest, value, length);
}

void ej_digest_end(ej_digest_t *digest, unsigned char out[EJ_DIGEST])
{
    flush(digest);
    EVP_DigestFinal_ex(digest->evp, out, NULL);
}

void ej_digest_of(unsigned char out[EJ_DIGEST], const char *bytes,
                  apr_size_t length)
{
    if (!EVP_Digest(bytes, length, out, NULL, sha256(), NULL))
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
