/* digest.c: SHA-256 and random bytes; the only file that uses libcrypto.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "conf/digest.h"

#include <apr_file_info.h>
#include <apr_file_io.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <apr_escape.h>
#include <apr_strings.h>
#include <stdlib.h>

#include "ej.h"
#include "text/text.h"

/* A digest in progress. A page's results are thousands of short values; they
 * are buffered, since calling libcrypto takes longer than digesting one of
 * them. */
struct ej_digest_t {
    EVP_MD_CTX *evp;
    apr_size_t used;
    unsigned char buffer[4096];
};

/* The SHA-256 method, fetched once by check_config before there are threads.
 * EVP_sha256() would be looked up by name at every use. */
static const EVP_MD *sha256(void)
{
    static const EVP_MD *found;
    if (!found)
        found = EVP_MD_fetch(NULL, "SHA256", NULL);
    if (!found)
        abort(); /* out of memory */
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
    EVP_DigestUpdate(digest->evp, digest->buffer, digest->used);
    digest->used = 0;
}

static void buffer(ej_digest_t *digest, const void *bytes, apr_size_t n)
{
    if (digest->used + n > sizeof digest->buffer)
        flush(digest);
    if (n > sizeof digest->buffer)
        EVP_DigestUpdate(digest->evp, bytes, n);
    else {
        memcpy(digest->buffer + digest->used, bytes, n);
        digest->used += n;
    }
}

/* The length of a value is written as one byte, or as 254 and eight bytes for a
 * long value; 255 stands for NULL. */
void ej_digest_add(ej_digest_t *digest, const char *value, apr_size_t length)
{
    apr_uint64_t size = length;
    unsigned char first = !value ? 255 : length < 254 ? length : 254;
    buffer(digest, &first, 1);
    if (first == 254)
        buffer(digest, &size, sizeof size);
    if (value)
        buffer(digest, value, length);
}

void ej_digest_bytes(ej_digest_t *digest, const void *bytes, apr_size_t length)
{
    buffer(digest, bytes, length);
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

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Append the paths, relative to top, of all files in top/below and deeper. */
static apr_status_t list_files(apr_array_header_t *paths, const char *top,
                               const char *below)
{
    apr_pool_t *pool = paths->pool;
    apr_dir_t *dir;
    apr_finfo_t info;
    apr_status_t rv =
        apr_dir_open(&dir, apr_pstrcat(pool, top, below, NULL), pool);
    while (rv == APR_SUCCESS) {
        rv = apr_dir_read(&info, APR_FINFO_DIRENT | APR_FINFO_TYPE, dir);
        if (rv != APR_SUCCESS || info.name[0] == '.')
            continue;
        const char *path = apr_pstrcat(pool, below, "/", info.name, NULL);
        if (info.filetype == APR_DIR)
            rv = list_files(paths, top, path);
        else
            APR_ARRAY_PUSH(paths, const char *) = path;
    }
    return APR_STATUS_IS_ENOENT(rv) ? APR_SUCCESS : rv; /* ENOENT: the end */
}

/* Add a file's bytes. A pipe or device, which a school's own directory may
 * have, is not read: it may have no end. */
static apr_status_t add_file(ej_digest_t *digest, const char *path,
                             apr_pool_t *pool)
{
    apr_finfo_t info;
    apr_file_t *file;
    if (apr_stat(&info, path, APR_FINFO_TYPE, pool) == APR_SUCCESS &&
        info.filetype != APR_REG)
        return APR_SUCCESS;
    char part[8192]; /* always full except the last, or digests would differ */
    apr_size_t n;
    apr_status_t rv =
        apr_file_open(&file, path, APR_FOPEN_READ, APR_FPROT_OS_DEFAULT, pool);
    if (rv != APR_SUCCESS)
        return rv;
    do {
        rv = apr_file_read_full(file, part, sizeof part, &n);
        ej_digest_add(digest, part, n);
    } while (rv == APR_SUCCESS);
    apr_file_close(file);
    return APR_STATUS_IS_EOF(rv) ? APR_SUCCESS : rv;
}

const char *ej_digest_files(ej_digest_t *digest, const char *dir,
                            apr_pool_t *ptemp)
{
    apr_array_header_t *paths = apr_array_make(ptemp, 64, sizeof(char *));
    apr_status_t rv = list_files(paths, dir, "");
    qsort(paths->elts, paths->nelts, sizeof(char *), by_text);
    const char *path = "";
    for (int i = 0; rv == APR_SUCCESS && i < paths->nelts; i++) {
        path = APR_ARRAY_IDX(paths, i, const char *);
        ej_digest_add(digest, path, strlen(path));
        rv = add_file(digest, apr_pstrcat(ptemp, dir, path, NULL), ptemp);
    }
    return rv == APR_SUCCESS ? NULL
                             : apr_psprintf(ptemp, "%s%s: %pm", dir, path, &rv);
}

const char *ej_digest_text(apr_pool_t *pool, const char *text)
{
    unsigned char sum[EJ_DIGEST];
    ej_digest_of(sum, text, strlen(text));
    return apr_pstrcat(pool, "\\x", apr_pescape_hex(pool, sum, EJ_DIGEST, 0),
                       NULL);
}

int ej_digest_same(const char *a, const char *b)
{
    apr_size_t n = strlen(a);
    return n == strlen(b) && !CRYPTO_memcmp(a, b, n);
}

void ej_digest_random(unsigned char *out, apr_size_t n)
{
    if (RAND_bytes(out, (int)n) != 1)
        abort();
}

#define CODE 15 /* characters of a code made by ej.new_code() */

const char *ej_digest_codes(apr_pool_t *pool, const char *code)
{
    apr_array_header_t *all = apr_array_make(pool, 2, sizeof(char *));
    apr_size_t length = strlen(code), one = length % CODE ? length : CODE;
    for (const char *end = code + length; code < end; code += one)
        APR_ARRAY_PUSH(all, const char *) =
            ej_digest_text(pool, apr_pstrmemdup(pool, code, one));
    return ej_text_array(pool, (const char *const *)all->elts, all->nelts);
}
