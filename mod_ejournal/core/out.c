/* out.c: sheets, formats and sending; the only file that knows libxslt.
 *
 * Sheets are compiled and warmed at configtest and read-only afterwards, so
 * threads share them (libxslt 1.1.35 caches function pointers at the first
 * transform). Each transform forbids files and network, counts what is
 * reported, and is good only if nothing was.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ctx.h"

#include <http_log.h>
#include <http_protocol.h>
#include <libexslt/exslt.h>
#include <libxml/HTMLtree.h>
#include <libxml/parser.h>
#include <libxslt/imports.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/xsltutils.h>
#include <stdlib.h>

APLOG_USE_MODULE(ejournal);

typedef struct {
    xsltStylesheetPtr xslt;
    int is_html; /* and UTF-8, without indentation: out_html.c writes it */
} ej_sheet_t;

typedef struct {
    request_rec *r;
    int count;
} ej_reports_t;

/* ------------------------------------------------------------- loading -- */

/* Out of memory ends the process: libxml2 otherwise returns documents that
 * are cut and call themselves good (one in three, measured). */
static void *sure(void *memory)
{
    if (!memory)
        abort();
    return memory;
}
static void *sure_malloc(size_t n)
{
    return sure(malloc(n ? n : 1));
}
static void *sure_realloc(void *memory, size_t n)
{
    return sure(realloc(memory, n ? n : 1));
}
static char *sure_strdup(const char *s)
{
    return sure(strdup(s));
}

static void quiet(void *text_, const char *format, ...)
{
    apr_array_header_t *text = text_;
    va_list arguments;
    va_start(arguments, format);
    char *line = apr_pvsprintf(text->pool, format, arguments);
    va_end(arguments);
    for (char *s = line; *s; s++)
        if (*s == '\n')
            *s = ' ';
    APR_ARRAY_PUSH(text, char *) = line;
}

static apr_status_t free_sheet(void *sheet)
{
    xsltFreeStylesheet(sheet);
    return APR_SUCCESS;
}

static void warm(xsltStylesheetPtr xslt)
{
    xmlDocPtr doc = xmlParseDoc(BAD_CAST "<page/>");
    xmlDocPtr result = xsltApplyStylesheet(xslt, doc, NULL);
    xmlFreeDoc(result);
    xmlFreeDoc(doc);
}

/* xsl:strip-space frees nodes of the document, which are not libxml2's to free
 * (xml.c). A school's own form may well have it: documents hold no blanks
 * between elements, so nothing is lost. */
static void never_strip(xsltStylesheetPtr xslt)
{
    for (; xslt; xslt = xsltNextImport(xslt)) {
        if (xslt->stripSpaces)
            xmlHashFree(xslt->stripSpaces, NULL);
        xslt->stripSpaces = NULL;
        xslt->stripAll = 0;
    }
}

static int makes_html(xsltStylesheetPtr xslt)
{
    const xmlChar *method = NULL, *encoding = NULL;
    int indent = -1;
    /* the first that says it, in the order of import */
    for (; xslt; xslt = xsltNextImport(xslt)) {
        method = method ? method : xslt->method;
        encoding = encoding ? encoding : xslt->encoding;
        indent = indent >= 0 ? indent : xslt->indent;
    }
    return method && xmlStrEqual(method, BAD_CAST "html") && encoding &&
           !xmlStrcasecmp(encoding, BAD_CAST "UTF-8") && indent == 0;
}

/* Compile one file into conf->sheets under name; a missing file is no error. */
static const char *load(ej_server_t *conf, apr_pool_t *pool, apr_pool_t *ptemp,
                        const char *name, const char *path)
{
    apr_finfo_t info;
    if (apr_stat(&info, path, APR_FINFO_NORM, ptemp) != APR_SUCCESS)
        return NULL;
    apr_array_header_t *said = apr_array_make(ptemp, 4, sizeof(char *));
    xmlSetGenericErrorFunc(said, quiet);
    xsltSetGenericErrorFunc(said, quiet);
    xsltStylesheetPtr xslt = xsltParseStylesheetFile(BAD_CAST path);
    never_strip(xslt);
    if (xslt && !xslt->errors)
        warm(xslt);
    xmlSetGenericErrorFunc(NULL, NULL);
    xsltSetGenericErrorFunc(NULL, NULL);
    if (!xslt || xslt->errors) {
        if (xslt)
            xsltFreeStylesheet(xslt);
        return apr_psprintf(ptemp, "sheet %s does not compile: %s", path,
                            apr_array_pstrcat(ptemp, said, ' '));
    }
    apr_pool_cleanup_register(pool, xslt, free_sheet, apr_pool_cleanup_null);
    ej_sheet_t *sheet = apr_palloc(pool, sizeof *sheet);
    sheet->xslt = xslt;
    sheet->is_html = makes_html(xslt);
    apr_hash_set(conf->sheets, apr_pstrdup(pool, name), APR_HASH_KEY_STRING,
                 sheet);
    return NULL;
}

static const char *load_feature(ej_server_t *conf, apr_pool_t *pool,
                                apr_pool_t *ptemp, const char *feature)
{
    const char *print = apr_pstrcat(ptemp, "print/", feature, NULL);
    const char *wrong =
        load(conf, pool, ptemp, feature,
             apr_pstrcat(ptemp, conf->share, "/xslt/", feature, ".xsl", NULL));
    if (!wrong)
        wrong = load(
            conf, pool, ptemp, print,
            apr_pstrcat(ptemp, conf->share, "/xslt/", print, ".xsl", NULL));
    if (!wrong && conf->forms)
        wrong =
            load(conf, pool, ptemp, print,
                 apr_pstrcat(ptemp, conf->forms, "/", feature, ".xsl", NULL));
    return wrong;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names, sizes and times of all files below dir. */
static void stamp_files(ej_digest_t *digest, const char *dir, apr_pool_t *ptemp)
{
    apr_dir_t *open_dir;
    apr_finfo_t info;
    apr_array_header_t *lines = apr_array_make(ptemp, 32, sizeof(char *));
    if (apr_dir_open(&open_dir, dir, ptemp) != APR_SUCCESS)
        return;
    while (apr_dir_read(&info,
                        APR_FINFO_DIRENT | APR_FINFO_TYPE | APR_FINFO_SIZE |
                            APR_FINFO_MTIME,
                        open_dir) == APR_SUCCESS) {
        if (info.name[0] == '.')
            continue;
        const char *path = apr_pstrcat(ptemp, dir, "/", info.name, NULL);
        if (info.filetype == APR_DIR)
            stamp_files(digest, path, ptemp);
        else
            APR_ARRAY_PUSH(lines, const char *) =
                apr_psprintf(ptemp, "%s %" APR_OFF_T_FMT " %" APR_TIME_T_FMT,
                             path, info.size, info.mtime);
    }
    apr_dir_close(open_dir);
    qsort(lines->elts, lines->nelts, sizeof(char *), by_text);
    for (int i = 0; i < lines->nelts; i++) {
        const char *line = APR_ARRAY_IDX(lines, i, const char *);
        ej_digest_add(digest, line, strlen(line));
    }
}

const char *ej_sheets_load(ej_server_t *conf, apr_pool_t *pool,
                           apr_pool_t *ptemp)
{
    static int is_ready; /* written once, before any thread */
    if (!is_ready) {
        xmlMemSetup(free, sure_malloc, sure_realloc, sure_strdup);
        xmlInitParser();
        exsltCommonRegister();
        exsltStrRegister();
        is_ready = 1;
    }
    conf->sheets = apr_hash_make(pool);
    ej_digest_t *digest = ej_digest_new(ptemp);
    const char *wrong = load_feature(conf, pool, ptemp, "error");
    if (!wrong && !ej_out_has_sheet(conf, "error"))
        return apr_pstrcat(ptemp, "no sheet ", conf->share, "/xslt/error.xsl",
                           NULL);
    const char *feature;
    for (int i = 0; !wrong && (feature = ej_route_feature(i, ptemp)); i++)
        if (!ej_out_has_sheet(conf, feature))
            wrong = load_feature(conf, pool, ptemp, feature);
    unsigned char sum[EJ_DIGEST];
    /* with what the sheets import */
    stamp_files(digest, apr_pstrcat(ptemp, conf->share, "/xslt", NULL), ptemp);
    if (conf->forms)
        stamp_files(digest, conf->forms, ptemp);
    stamp_files(digest, apr_pstrcat(ptemp, conf->share, "/queries", NULL),
                ptemp);
    ej_digest_end(digest, sum);
    conf->sheets_digest = ej_text_hex(pool, sum, 8);
    digest = ej_digest_new(ptemp);
    stamp_files(digest, apr_pstrcat(ptemp, conf->share, "/static", NULL),
                ptemp);
    ej_digest_end(digest, sum);
    conf->static_digest = ej_text_hex(pool, sum, EJ_STATIC / 2);
    return wrong;
}

int ej_out_has_sheet(const ej_server_t *conf, const char *sheet)
{
    return apr_hash_get(conf->sheets, sheet, APR_HASH_KEY_STRING) != NULL;
}

/* ----------------------------------------------------------- transform -- */

static void report(void *reports_, const char *format, ...)
{
    ej_reports_t *reports = reports_;
    char line[512];
    va_list arguments;
    va_start(arguments, format);
    apr_vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    line[strcspn(line, "\n")] = '\0';
    if (reports->count++ < 5)
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, reports->r, "sheet: %s", line);
}

static xsltSecurityPrefsPtr forbid_all(void)
{
    xsltSecurityPrefsPtr prefs = xsltNewSecurityPrefs();
    for (int i = XSLT_SECPREF_READ_FILE; i <= XSLT_SECPREF_WRITE_NETWORK; i++)
        xsltSetSecurityPrefs(prefs, i, xsltSecurityForbid);
    return prefs;
}

static ej_err_t *result_text(const char **text, apr_size_t *length,
                             request_rec *r, const ej_sheet_t *sheet,
                             xmlDocPtr result, ej_format_t format)
{
    if (format == EJ_CSV) {
        *text = ej_out_csv(length, r->pool, result);
        return *text ? NULL : ej_err(r->pool, "JE401", "format", "no table");
    }
    if (sheet->is_html) {
        htmlSetMetaEncoding(result, BAD_CAST "UTF-8");
        *text = ej_out_html(length, r->pool, result);
        if (*text)
            return NULL;
    }
    xmlChar *bytes = NULL;
    int n = 0;
    if (xsltSaveResultToString(&bytes, &n, result, sheet->xslt) < 0 || !bytes)
        return ej_err(r->pool, "JE500", NULL, "the result was not written");
    *text = apr_pstrmemdup(r->pool, (const char *)bytes, n);
    *length = n;
    xmlFree(bytes);
    return NULL;
}

ej_err_t *ej_out_transform(const char **text, apr_size_t *length,
                           request_rec *r, const ej_server_t *conf,
                           ej_doc_t *doc, const char *sheet, ej_format_t format)
{
    const char *print = apr_pstrcat(r->pool, "print/", sheet, NULL);
    if (format == EJ_PRINT && ej_out_has_sheet(conf, print))
        sheet = print;
    const ej_sheet_t *found =
        apr_hash_get(conf->sheets, sheet, APR_HASH_KEY_STRING);
    if (!found)
        return ej_err(r->pool, "JE500", NULL, "no such sheet");

    ej_reports_t reports = {r, 0};
    xmlSetGenericErrorFunc(&reports, report);
    xsltTransformContextPtr run =
        xsltNewTransformContext(found->xslt, ej_xml_native(doc));
    xsltSecurityPrefsPtr prefs = forbid_all();
    xsltSetCtxtSecurityPrefs(prefs, run);
    xsltSetTransformErrorFunc(run, &reports, report);
    xmlDocPtr result = xsltApplyStylesheetUser(found->xslt, ej_xml_native(doc),
                                               NULL, NULL, NULL, run);
    ej_err_t *err = NULL;
    if (!result || run->state != XSLT_STATE_OK)
        err = ej_err(r->pool, "JE500", NULL, "the sheet failed");
    else
        err = result_text(text, length, r, found, result, format);
    if (!err && reports.count)
        err = ej_err(r->pool, "JE500", NULL, "the sheet reported errors");
    if (result)
        xmlFreeDoc(result);
    xsltFreeTransformContext(run);
    xsltFreeSecurityPrefs(prefs);
    xmlSetGenericErrorFunc(NULL, NULL);
    return err;
}

/* ------------------------------------------------------------- sending -- */

const char *ej_out_type(ej_format_t format)
{
    return format == EJ_XML   ? "application/xml; charset=utf-8"
           : format == EJ_CSV ? "text/csv; charset=utf-8; header=present"
                              : "text/html; charset=utf-8";
}

void ej_out_headers(request_rec *r, int no_store)
{
    static const char *const fixed[][2] = {
        {"Content-Security-Policy",
         "default-src 'self'; object-src 'none'; base-uri 'none'; "
         "form-action 'self'; frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "same-origin"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Vary", "Accept, Cookie"}};
    for (apr_size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        apr_table_setn(r->err_headers_out, fixed[i][0], fixed[i][1]);
    apr_table_setn(r->err_headers_out, "Cache-Control",
                   no_store ? "no-store" : "private, no-cache");
}

int ej_out_send(request_rec *r, int status, const char *type, const char *text,
                apr_size_t length)
{
    /* Apache reads a body that nobody read when the answer is out; if the body
     * is broken, it would answer once more */
    int wrong = ap_status_drops_connection(status) ? OK
                                                   : ap_discard_request_body(r);
    if (wrong)
        return wrong;
    r->status = status;
    if (status == HTTP_NO_CONTENT)
        return OK;
    ap_set_content_type(r, type);
    ap_set_content_length(r, length);
    if (r->header_only)
        return OK;
    ap_rwrite(text, (int)length, r);
    return OK;
}
