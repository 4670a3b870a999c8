/* roster.c: reads the CSV files of an archive of OneRoster as one JSON object.
 *
 * Only the files that the journal can use are read, by their exact names; the
 * database interprets them (sql/objects/imports_roster.sql). An archive with a
 * name that leads elsewhere is refused whole, though no name becomes a path.
 * Source: 1EdTech OneRoster 1.2, CSV Binding
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"
#include "in/unzip.h"
#include "text/rows.h"
#include "text/text.h"

#define ROWS 50001 /* of one file, with the heads */

static const char *const files[] = {"manifest",    "courses", "classes",
                                    "users",       "roles",   "enrollments",
                                    "demographics"};

/* Whether no entry's name is absolute, has a drive or a backslash, or leads to
 * a folder above. */
static int are_names_plain(zip_t *zip)
{
    for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); i++) {
        const char *name = zip_get_name(zip, (zip_uint64_t)i, 0);
        if (!name || *name == '/' || strpbrk(name, "\\:") || strstr(name, ".."))
            return 0;
    }
    return 1;
}

/* Read an entry whole; NULL when it cannot be, or is not UTF-8. */
static const char *read_text(apr_pool_t *pool, zip_t *zip, const char *name,
                             zip_int64_t size)
{
    char *text = apr_pcalloc(pool, (apr_size_t)size + 1);
    zip_file_t *entry = zip_fopen(zip, name, 0);
    zip_int64_t got = entry ? zip_fread(entry, text, (zip_uint64_t)size) : -1;
    if (entry && zip_fclose(entry))
        got = -1; /* its checksum is wrong */
    return got == size && !memchr(text, '\0', (apr_size_t)size) &&
                   ej_text_is_utf8(pool, text, (apr_size_t)size)
               ? text
               : NULL;
}

/* Add "name": rows to the parts, if the archive has this file. */
static ej_code_t add_file(apr_array_header_t *parts, apr_pool_t *pool,
                          zip_t *zip, const char *file)
{
    const char *name = apr_pstrcat(pool, file, ".csv", NULL);
    if (zip_name_locate(zip, name, 0) < 0)
        return EJ_OK;
    zip_int64_t size = ej_unzip_size(zip, name);
    const char *text = size < 0 ? NULL : read_text(pool, zip, name, size);
    if (!text)
        return JE131;
    ej_rows_t *rows = ej_rows_new(pool, ROWS);
    ej_code_t code = ej_rows_csv(rows, text, (apr_size_t)size);
    const char *json = code ? NULL : ej_rows_json(rows);
    if (json)
        APR_ARRAY_PUSH(parts, const char *) = apr_pstrcat(
            pool, parts->nelts ? ",\"" : "{\"", file, "\":", json, NULL);
    return code ? code : json ? EJ_OK : JE107;
}

ej_err_t *ej_in_roster(const char **json, apr_pool_t *pool,
                       const ej_file_t *file)
{
    apr_pool_t *own; /* the archive is closed with it */
    apr_off_t start = 0;
    apr_pool_create(&own, pool);
    zip_t *zip = apr_file_seek(file->file, APR_SET, &start) == APR_SUCCESS
                     ? ej_unzip_open(own, file->file)
                     : NULL;
    ej_code_t code = zip && are_names_plain(zip) ? EJ_OK : JE131;
    apr_array_header_t *parts = apr_array_make(own, 8, sizeof(char *));
    for (size_t i = 0; !code && i < sizeof files / sizeof *files; i++)
        code = add_file(parts, own, zip, files[i]);
    if (!code)
        *json = apr_pstrcat(pool, parts->nelts ? "" : "{",
                            apr_array_pstrcat(own, parts, 0), "}", NULL);
    apr_pool_destroy(own);
    return code ? ej_err(pool, code, file->field, "OneRoster archive") : NULL;
}
