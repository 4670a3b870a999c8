/* zip.c: writes ZIP files (APPNOTE 6.3.3), without compression: a reply is
 * compressed on its way, and a file that is only stored can be read by hand.
 *
 * No library does this here: libzip reads and writes files by their names,
 * which would stay behind a process that is killed, with the pupils' data in
 * them; libarchive writes names in UTF-8 only in a locale of UTF-8, and Apache
 * runs in C.
 *
 * All files have the day 1 January 1980: the same content makes the same ZIP.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "out/zip.h"

#include <zlib.h>

#include "out/spool.h"

#define LOCAL 30   /* bytes of a file's own header */
#define CENTRAL 46 /* of its line in the list at the end */
#define END 22
#define VERSION 20      /* needed to read it */
#define UTF8 0x0800     /* flag: the name is UTF-8 */
#define DAY 0x21        /* 1 January 1980 */
#define MOST 0xfffffffe /* larger ones need ZIP64 */

typedef struct {
    const char *name;
    apr_uint32_t crc, size, at;
} member_t;

struct ej_zip_t {
    apr_pool_t *pool;
    apr_file_t *file;
    apr_uint64_t length;
    apr_array_header_t *members; /* member_t */
};

static unsigned char *put(unsigned char *to, apr_uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        *to++ = (unsigned char)(value >> 8 * i);
    return to;
}

static ej_err_t *write_bytes(ej_zip_t *zip, const void *bytes,
                             apr_size_t length)
{
    zip->length += length;
    if (zip->length > MOST)
        return ej_err(zip->pool, JE510, NULL, "an archive of more than 4 GB");
    return ej_spool_put(zip->file, bytes, length);
}

ej_err_t *ej_zip_open(ej_zip_t **made, apr_pool_t *pool)
{
    ej_zip_t *zip = apr_pcalloc(pool, sizeof *zip);
    zip->pool = pool;
    zip->members = apr_array_make(pool, 16, sizeof(member_t));
    *made = zip;
    return ej_spool_open(&zip->file, pool);
}

/* Set size and digest of the member to those of the file. */
static ej_err_t *measure(ej_zip_t *zip, member_t *member, apr_file_t *content)
{
    unsigned char block[16384];
    apr_size_t n = sizeof block;
    apr_off_t length;
    EJ_TRY(ej_spool_rewind(&length, content));
    if (length > MOST)
        return ej_err(zip->pool, JE510, NULL, "a file of more than 4 GB");
    member->size = (apr_uint32_t)length;
    for (; apr_file_read(content, block, &n) == APR_SUCCESS; n = sizeof block)
        member->crc = (apr_uint32_t)crc32(member->crc, block, (uInt)n);
    return ej_spool_rewind(NULL, content);
}

/* What the header of a file and its line in the list have in common. */
static unsigned char *put_facts(unsigned char *to, const member_t *member)
{
    to = put(to, VERSION, 2);
    to = put(to, UTF8, 2);
    to = put(to, 0, 2); /* stored */
    to = put(to, 0, 2); /* the time */
    to = put(to, DAY, 2);
    to = put(to, member->crc, 4);
    to = put(to, member->size, 4);
    to = put(to, member->size, 4);
    to = put(to, (apr_uint32_t)strlen(member->name), 2);
    return put(to, 0, 2);
}

ej_err_t *ej_zip_add(ej_zip_t *zip, const char *name, apr_file_t *content)
{
    unsigned char head[LOCAL], block[16384];
    apr_size_t n = sizeof block;
    member_t *member = apr_array_push(zip->members);
    *member = (member_t){apr_pstrdup(zip->pool, name), 0, 0,
                         (apr_uint32_t)zip->length};
    EJ_TRY(measure(zip, member, content));
    put_facts(put(head, 0x04034b50, 4), member);
    EJ_TRY(write_bytes(zip, head, LOCAL));
    EJ_TRY(write_bytes(zip, name, strlen(name)));
    for (; apr_file_read(content, block, &n) == APR_SUCCESS; n = sizeof block)
        EJ_TRY(write_bytes(zip, block, n));
    return NULL;
}

static ej_err_t *write_line(ej_zip_t *zip, const member_t *member)
{
    unsigned char line[CENTRAL] = {0};
    unsigned char *to = put(line, 0x02014b50, 4);
    put_facts(put(to, VERSION, 2), member);
    put(line + CENTRAL - 4, member->at, 4);
    EJ_TRY(write_bytes(zip, line, CENTRAL));
    return write_bytes(zip, member->name, strlen(member->name));
}

ej_err_t *ej_zip_close(apr_file_t **file, apr_off_t *length, ej_zip_t *zip)
{
    unsigned char end[END] = {0};
    apr_uint32_t at = (apr_uint32_t)zip->length;
    apr_uint32_t n = (apr_uint32_t)zip->members->nelts;
    for (int i = 0; i < zip->members->nelts; i++)
        EJ_TRY(write_line(zip, &APR_ARRAY_IDX(zip->members, i, member_t)));
    unsigned char *to = put(put(end, 0x06054b50, 4), 0, 4);
    to = put(put(to, n, 2), n, 2);
    to = put(to, (apr_uint32_t)zip->length - at, 4);
    put(to, at, 4);
    EJ_TRY(write_bytes(zip, end, END));
    *file = zip->file;
    return ej_spool_rewind(length, zip->file);
}
