/* upload.c: reads the files of a form into temporary files without a name.
 *
 * Memory is bounded: the parser's buffer, the fields, and a few open files.
 * What a file may be is in routes.def (EJ_LIMITS).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "http/upload.h"

#include "out/spool.h"
#include "text/multipart.h"
#include "text/parse.h"
#include "text/text.h"

#define MOST_PARTS 200
#define MOST_FILES 4
#define MOST_FIELDS 65536 /* bytes of all values */

struct ej_upload_t {
    ej_request_t *request;
    apr_table_t *form;
    ej_multipart_t *parser;
    apr_array_header_t *value; /* of the present field, as bytes */
    apr_size_t of_fields;
    ej_file_t *file; /* the present one */
    ej_err_t *err;   /* why the parsing ended, where a code is not enough */
};

static ej_multipart_take_t take;

ej_upload_t *ej_upload_begin(ej_request_t *request, apr_table_t *form)
{
    request_rec *r = request->r;
    if (!request->route || !request->route->upload_kb)
        return NULL;
    ej_upload_t *upload = apr_pcalloc(r->pool, sizeof *upload);
    upload->parser =
        ej_multipart_new(r->pool, apr_table_get(r->headers_in, "Content-Type"),
                         MOST_PARTS, take, upload);
    upload->request = request;
    upload->form = form;
    upload->value = apr_array_make(r->pool, 64, 1);
    request->files = apr_array_make(r->pool, 1, sizeof(ej_file_t *));
    return upload->parser ? upload : NULL;
}

/* -------------------------------------------------------------- fields -- */

static ej_code_t take_field(ej_upload_t *upload, const ej_part_t *part,
                            const char *data, apr_size_t n)
{
    apr_pool_t *pool = upload->request->r->pool;
    if (upload->of_fields + n > MOST_FIELDS)
        return JE109;
    upload->of_fields += n;
    for (apr_size_t i = 0; i < n; i++) /* a NUL is refused with its field */
        APR_ARRAY_PUSH(upload->value, char) = data[i] ? data[i] : EJ_FORM_NUL;
    if (!n) {
        apr_table_addn(upload->form, apr_pstrdup(pool, part->name),
                       apr_pstrmemdup(pool, upload->value->elts,
                                      (apr_size_t)upload->value->nelts));
        apr_array_clear(upload->value);
    }
    return EJ_OK;
}

/* --------------------------------------------------------------- files -- */

/* Whether the name ends in one of the route's types ("csv xlsx"). */
static int is_type(apr_pool_t *pool, const char *types, const char *name)
{
    const char *dot = strrchr(name, '.');
    char *rest, *type = apr_strtok(apr_pstrdup(pool, types), " ", &rest);
    while (dot && type && strcasecmp(type, dot + 1))
        type = apr_strtok(NULL, " ", &rest);
    return dot && type;
}

static ej_err_t *open_file(ej_upload_t *upload, const ej_part_t *part)
{
    apr_pool_t *pool = upload->request->r->pool;
    apr_array_header_t *files = upload->request->files;
    if (files->nelts == MOST_FILES)
        return ej_err(pool, JE107, part->name, "too many files");
    if (!is_type(pool, upload->request->route->types, part->file))
        return ej_err(pool, JE130, part->name, "type of the file's name");
    ej_file_t *file = apr_pcalloc(pool, sizeof *file);
    file->field = apr_pstrdup(pool, part->name);
    file->name = apr_pstrdup(pool, part->file);
    EJ_TRY(ej_spool_open(&file->file, pool));
    APR_ARRAY_PUSH(files, ej_file_t *) = upload->file = file;
    return NULL;
}

/* Make a write fail as on a full disk, as the request's headers tell. In test
 * builds only. */
static apr_status_t planted_fault(const ej_upload_t *upload)
{
#ifdef EJ_FAULTS
    if (apr_table_get(upload->request->r->headers_in, "X-Ejournal-Full"))
        return APR_ENOSPC;
#else
    (void)upload;
#endif
    return APR_SUCCESS;
}

static ej_code_t take_file(ej_upload_t *upload, const ej_part_t *part,
                           const char *data, apr_size_t n)
{
    if (!upload->file)
        upload->err = open_file(upload, part);
    apr_status_t rv = upload->err ? APR_SUCCESS : planted_fault(upload);
    if (!upload->err && rv == APR_SUCCESS)
        rv = apr_file_write_full(upload->file->file, data, n, NULL);
    if (rv != APR_SUCCESS) {
        upload->err = ej_err(upload->request->r->pool, JE510, part->name,
                             "cannot write the file");
        upload->err->rv = rv;
    }
    if (upload->err)
        return upload->err->code;
    upload->file->size += (apr_off_t)n;
    if (!n)
        upload->file = NULL;
    return EJ_OK;
}

static ej_code_t take(void *to, const ej_part_t *part, const char *data,
                      apr_size_t n)
{
    if (!part->file)
        return take_field(to, part, data, n);
    /* "": no file was chosen */
    return *part->file ? take_file(to, part, data, n) : EJ_OK;
}

ej_err_t *ej_upload_take(ej_upload_t *upload, const char *data, apr_size_t n)
{
    ej_code_t code = ej_multipart_feed(upload->parser, data, n);
    if (upload->err || !code)
        return upload->err;
    return ej_err(upload->request->r->pool, code, NULL, "multipart body");
}

ej_err_t *ej_upload_end(ej_upload_t *upload)
{
    ej_code_t code = ej_multipart_end(upload->parser);
    return code ? ej_err(upload->request->r->pool, code, NULL,
                         "multipart body without its end")
                : NULL;
}
