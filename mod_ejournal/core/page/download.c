/* download.c: sends a file of the database.
 *
 * The rows of a `:file` query have the file's name and its pieces, in order. A
 * piece comes as text, \x and two digits a byte.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/download.h"

#include <apr_escape.h>
#include <http_protocol.h>

#include "out/send.h"
#include "text/text.h"

/* The type by the end of a name; any other is bytes. None is run by a browser.
 */
static const char *type_of(const char *name)
{
    static const struct {
        const char *end, *type;
    } types[] = {
        {"pdf", "application/pdf"},
        {"png", "image/png"},
        {"jpg", "image/jpeg"},
        {"jpeg", "image/jpeg"},
        {"odt", "application/vnd.oasis.opendocument.text"},
        {"docx", "application/"
                 "vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {"xlsx",
         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}};
    const char *dot = strrchr(name, '.');
    for (apr_size_t i = 0; dot && i < sizeof types / sizeof *types; i++)
        if (!strcasecmp(types[i].end, dot + 1))
            return types[i].type;
    return "application/octet-stream";
}

/* The length of all pieces; *name becomes the file's name. */
static apr_size_t measure(const ej_result_t *rows, int data, const char **name)
{
    apr_size_t length = 0;
    *name = ej_result_get(rows, 0, ej_result_column(rows, "name"));
    for (int i = 0; i < ej_result_rows(rows); i++) {
        const char *piece = ej_result_get(rows, i, data);
        length += piece ? (strlen(piece) - 2) / 2 : 0;
    }
    return length;
}

int ej_download_send(ej_ctx_t *c)
{
    const char *name;
    int data = ej_result_column(c->file_rows, "data");
    apr_size_t length = measure(c->file_rows, data, &name);
    char *bytes = apr_palloc(c->pool, length + 1), *to = bytes;
    for (int i = 0; i < ej_result_rows(c->file_rows); i++) {
        const char *piece = ej_result_get(c->file_rows, i, data);
        apr_size_t n = 0;
        if (piece && apr_unescape_hex(to, piece + 2, APR_ESCAPE_STRING, 0,
                                      &n) == APR_SUCCESS)
            to += n;
    }
    apr_table_setn(c->r->headers_out, "Content-Disposition",
                   ej_text_disposition(c->pool, name));
    return ej_send_answer(c->r, HTTP_OK, type_of(name), bytes,
                          (apr_size_t)(to - bytes));
}
