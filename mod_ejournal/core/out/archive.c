/* archive.c: printed documents as files that outlive the journal: a ZIP with
 * the HTML, the XML and the digests of each.
 *
 * The HTML has what its page loads, the style and the fonts, within itself, so
 * that it prints the same on any machine, without the journal and its network.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "out/archive.h"

#include <apr_encode.h>
#include <apr_escape.h>

#include "conf/digest.h"
#include "conf/file.h"
#include "out/spool.h"
#include "out/zip.h"

struct ej_archive_t {
    apr_pool_t *pool;
    const ej_server_t *conf;
    const char *style; /* with its fonts */
    ej_zip_t *zip;
    apr_file_t *sums;
    const char *name; /* of the document that is being written; or NULL */
    apr_pool_t *document;
    apr_file_t *html, *xml;
    const char *html_tail, *xml_tail;
};

/* --------------------------------------------------------------- style -- */

/* The font that the style names, as a URL that holds it. */
static ej_err_t *font_url(const char **url, ej_archive_t *archive,
                          const char *name)
{
    const char *bytes;
    apr_size_t length;
    if (ej_file_read(&bytes, &length, archive->pool, archive->pool,
                     apr_pstrcat(archive->pool, archive->conf->share,
                                 "/static/", name, NULL)))
        return ej_err(archive->pool, JE500, NULL, name);
    *url = apr_pstrcat(
        archive->pool, "data:font/woff2;base64,",
        apr_pencode_base64(archive->pool, bytes, (apr_ssize_t)length, 0, NULL),
        NULL);
    return NULL;
}

/* Read the style sheet of all pages and put its fonts into it. */
static ej_err_t *read_style(ej_archive_t *archive)
{
    static const char font[] = "url(\"font/";
    const char *css;
    apr_size_t length;
    apr_array_header_t *made = apr_array_make(archive->pool, 16, sizeof css);
    if (ej_file_read(&css, &length, archive->pool, archive->pool,
                     apr_pstrcat(archive->pool, archive->conf->share,
                                 "/static/app.css", NULL)))
        return ej_err(archive->pool, JE500, NULL, "no style sheet");
    for (const char *at; (at = strstr(css, font));) {
        const char *name = at + strlen("url(\"");
        apr_size_t n = strcspn(name, "\"");
        const char *url = NULL;
        EJ_TRY(font_url(&url, archive, apr_pstrmemdup(archive->pool, name, n)));
        APR_ARRAY_PUSH(made, const char *) =
            apr_pstrmemdup(archive->pool, css, (apr_size_t)(name - css));
        APR_ARRAY_PUSH(made, const char *) = url;
        css = name + n;
    }
    APR_ARRAY_PUSH(made, const char *) = css;
    archive->style = apr_array_pstrcat(archive->pool, made, 0);
    return NULL;
}

ej_err_t *ej_archive_open(ej_archive_t **made, apr_pool_t *pool,
                          const ej_server_t *conf)
{
    ej_archive_t *archive = apr_pcalloc(pool, sizeof *archive);
    archive->pool = pool;
    archive->conf = conf;
    apr_pool_create(&archive->document, pool);
    *made = archive;
    EJ_TRY(read_style(archive));
    EJ_TRY(ej_spool_open(&archive->sums, pool));
    return ej_zip_open(&archive->zip, pool);
}

/* ----------------------------------------------------------- documents -- */

static ej_err_t *put_text(apr_file_t *file, const char *text)
{
    return ej_spool_put(file, text, strlen(text));
}

/* Add a file to the ZIP, and its digest to the list, as sha256sum has it. */
static ej_err_t *add_file(ej_archive_t *archive, const char *ending,
                          apr_file_t *file)
{
    char block[16384];
    apr_size_t n = sizeof block;
    unsigned char sum[EJ_DIGEST];
    apr_pool_t *pool = archive->document;
    const char *name = apr_pstrcat(pool, archive->name, ending, NULL);
    ej_digest_t *digest = ej_digest_new(pool);
    EJ_TRY(ej_spool_rewind(NULL, file));
    for (; apr_file_read(file, block, &n) == APR_SUCCESS; n = sizeof block)
        ej_digest_bytes(digest, block, n);
    ej_digest_end(digest, sum);
    const char *hex = apr_pescape_hex(pool, sum, EJ_DIGEST, 0);
    EJ_TRY(put_text(archive->sums,
                    apr_pstrcat(pool, hex, "  ", name, "\n", NULL)));
    return ej_zip_add(archive->zip, name, file);
}

static ej_err_t *end_document(ej_archive_t *archive)
{
    if (!archive->name)
        return NULL;
    EJ_TRY(put_text(archive->html, archive->html_tail));
    EJ_TRY(put_text(archive->xml, archive->xml_tail));
    EJ_TRY(add_file(archive, ".html", archive->html));
    EJ_TRY(add_file(archive, ".xml", archive->xml));
    archive->name = NULL;
    apr_pool_clear(archive->document);
    return NULL;
}

ej_err_t *ej_archive_begin(ej_archive_t *archive, const char *name)
{
    EJ_TRY(end_document(archive));
    archive->name = apr_pstrdup(archive->document, name);
    archive->html_tail = archive->xml_tail = NULL;
    EJ_TRY(ej_spool_open(&archive->html, archive->document));
    return ej_spool_open(&archive->xml, archive->document);
}

/* The head of the HTML: that of its first part, with the style instead of what
 * it loads. */
static ej_err_t *put_head(ej_archive_t *archive, const char *html)
{
    const char *loads = strstr(html, "<link");
    if (!loads)
        return ej_err(archive->pool, JE500, NULL, "a form without a style");
    EJ_TRY(ej_spool_put(archive->html, html, (apr_size_t)(loads - html)));
    EJ_TRY(put_text(archive->html, "<style>\n"));
    EJ_TRY(put_text(archive->html, archive->style));
    return put_text(archive->html, "\n</style>");
}

const char *ej_archive_last(const char *text, const char *tag)
{
    const char *last = NULL;
    for (const char *at = strstr(text, tag); at; at = strstr(at + 1, tag))
        last = at;
    return last;
}

ej_err_t *ej_archive_put(apr_file_t *file, const char *from, const char *to,
                         int is_first)
{
    const char *start = from && !is_first ? strchr(from, '>') : from;
    if (!start || !to || start > to)
        return NULL;
    start += !is_first;
    return start < to ? ej_spool_put(file, start, (apr_size_t)(to - start))
                      : NULL;
}

ej_err_t *ej_archive_add(ej_archive_t *archive, const char *html,
                         const char *xml)
{
    int is_first = !archive->html_tail;
    const char *html_end = ej_archive_last(html, "</main>");
    const char *body = strstr(html, is_first ? "</head>" : "<main");
    const char *feature = strstr(xml, "<page");
    const char *xml_end = ej_archive_last(xml, "</"); /* of the page */
    const char *inner = feature ? strchr(feature, '>') : NULL;
    if (!archive->name || !html_end || !body || !xml_end || !inner)
        return ej_err(archive->pool, JE500, NULL, "a part without a main");
    if (is_first) {
        archive->html_tail = apr_pstrdup(archive->document, html_end);
        archive->xml_tail = apr_pstrdup(archive->document, xml_end);
        EJ_TRY(put_head(archive, html));
    }
    EJ_TRY(ej_archive_put(archive->html, body, html_end, is_first));
    return ej_archive_put(archive->xml, is_first ? xml : feature, xml_end,
                          is_first);
}

ej_err_t *ej_archive_close(apr_file_t **file, apr_off_t *length,
                           ej_archive_t *archive)
{
    EJ_TRY(end_document(archive));
    EJ_TRY(ej_zip_add(archive->zip, "SHA256SUMS", archive->sums));
    return ej_zip_close(file, length, archive->zip);
}
