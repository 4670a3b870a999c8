/* sheets.c: compiles the sheets at configtest and tries each out.
 *
 * Sheets are read-only afterwards, so threads share them (libxslt 1.1.35 caches
 * function pointers at the first transform). configtest runs as root, while a
 * school's own sheets may be written by others. So a sheet may read only
 * regular files below the two directories of sheets, however it names them
 * (xsl:import, an external entity, a link in the directory).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "out/sheets.h"

#include <apr_escape.h>
#include <apr_file_info.h>
#include <http_log.h>
#include <libexslt/exslt.h>
#include <libxml/parser.h>
#include <libxml/uri.h>
#include <libxslt/imports.h>
#include <libxslt/xsltutils.h>
#include <stdlib.h>

#include "conf/digest.h"
#include "conf/file.h"
#include "conf/queries.h"
#include "out/transform.h"
#include "text/text.h"

APLOG_USE_MODULE(ejournal);

const char ej_sheets_none[] = "a form that does not compile";

/* A file that is being compiled. configtest has one thread. */
typedef struct {
    const char *dirs[5]; /* the directories that may be read; NULL ends them */
    apr_pool_t *pool;
    apr_array_header_t *reports; /* char * */
    int is_refused;              /* the sheet named a file it may not read */
} loading_t;
static loading_t *loading;

static void report(void *loading_, const char *format, ...)
{
    loading_t *file = loading_;
    va_list arguments;
    va_start(arguments, format);
    char *line = apr_pvsprintf(file->pool, format, arguments);
    va_end(arguments);
    for (char *s = line; *s; s++)
        if (*s == '\n')
            *s = ' ';
    APR_ARRAY_PUSH(file->reports, char *) = line;
}

/* ------------------------------------------------------------- confined -- */

/* Read the file that an import or entity names. NULL, or why it was not read.
 */
static const char *read_url(const char **text, apr_size_t *length,
                            const char *url)
{
    const char *path = strncmp(url, "file:///", 8) ? url : url + 7;
    const char *wrong =
        ej_file_read_below(text, length, loading->pool, path, loading->dirs);
    if (!wrong || !strchr(path, '%'))
        return wrong;
    char *plain = xmlURIUnescapeString(path, 0, NULL);
    wrong =
        ej_file_read_below(text, length, loading->pool, plain, loading->dirs);
    xmlFree(plain);
    return wrong;
}

/* Load a file for libxml2 (its external entity loader): the sheet itself, an
 * import, a DTD, an entity. */
static xmlParserInputPtr load_entity(const char *url, const char *id,
                                     xmlParserCtxtPtr context)
{
    const char *text = NULL, *wrong = "a reference without an address";
    apr_size_t length = 0;
    (void)id;
    if (url)
        wrong = read_url(&text, &length, url);
    if (wrong) {
        loading->is_refused = 1;
        report(loading, "%s", wrong);
        return NULL;
    }
    xmlParserInputBufferPtr bytes = xmlParserInputBufferCreateMem(
        text, (int)length, XML_CHAR_ENCODING_NONE);
    xmlParserInputPtr input =
        xmlNewIOInputStream(context, bytes, XML_CHAR_ENCODING_NONE);
    if (input)
        input->filename = (char *)xmlCanonicPath(BAD_CAST url);
    return input;
}

/* -------------------------------------------------------------- compiling --
 */

static apr_status_t free_sheet(void *sheet)
{
    xsltFreeStylesheet(sheet);
    return APR_SUCCESS;
}

/* Transform an empty page once. The sheet may fail there, but it is refused if
 * it asks for a file. */
static void try_out(xsltStylesheetPtr xslt)
{
    ej_run_t run = {report, loading, 0};
    xmlDocPtr doc = xmlReadDoc(BAD_CAST "<page/>", NULL, NULL, 0);
    int before = loading->reports->nelts;
    xmlDocPtr result = ej_transform_run(&run, xslt, doc);
    if (run.is_refused)
        loading->is_refused = 1;
    else
        loading->reports->nelts = before;
    xmlFreeDoc(result);
    xmlFreeDoc(doc);
}

/* Remove xsl:strip-space from a sheet: it would free nodes of the document,
 * whose memory is not libxml2's (xml.c). A school's own form may well have the
 * instruction; documents have no blanks between elements, so nothing is lost.
 */
static void remove_strip_space(xsltStylesheetPtr xslt)
{
    for (; xslt; xslt = xsltNextImport(xslt)) {
        if (xslt->stripSpaces)
            xmlHashFree(xslt->stripSpaces, NULL);
        xslt->stripSpaces = NULL;
        xslt->stripAll = 0;
    }
}

/* Compile a file's sheet and try it out; NULL when it is refused. */
static xsltStylesheetPtr compile(const char *path)
{
    xmlExternalEntityLoader before = xmlGetExternalEntityLoader();
    xmlSetExternalEntityLoader(load_entity);
    ej_run_t run = {report, loading, 0};
    ej_transform_report_to(&run);
    xsltStylesheetPtr xslt = xsltParseStylesheetFile(BAD_CAST path);
    remove_strip_space(xslt);
    int is_good = xslt && !xslt->errors && !loading->is_refused;
    if (is_good)
        try_out(xslt);
    ej_transform_report_to(NULL);
    xmlSetExternalEntityLoader(before);
    if (is_good && !loading->is_refused)
        return xslt;
    xsltFreeStylesheet(xslt);
    return NULL;
}

/* The directories whose files may be read, without those that are not set. */
static loading_t begin(const ej_server_t *conf, apr_pool_t *ptemp)
{
    const char *dirs[] = {apr_pstrcat(ptemp, conf->share, "/xslt", NULL),
                          conf->forms, conf->region_forms, conf->exchange};
    loading_t file = {.pool = ptemp,
                      .reports = apr_array_make(ptemp, 4, sizeof(char *))};
    for (int i = 0, n = 0; i < 4; i++)
        if (dirs[i])
            file.dirs[n++] = dirs[i];
    return file;
}

const char *ej_sheets_parse(void **made, const ej_server_t *conf,
                            apr_pool_t *ptemp, void *(*parse)(const char *path),
                            const char *path)
{
    loading_t file = begin(conf, ptemp);
    ej_run_t run = {report, &file, 0};
    xmlExternalEntityLoader before = xmlGetExternalEntityLoader();
    loading = &file;
    xmlSetExternalEntityLoader(load_entity);
    ej_transform_report_to(&run);
    *made = parse(path);
    ej_transform_report_to(NULL);
    xmlSetExternalEntityLoader(before);
    loading = NULL;
    return *made && !file.is_refused
               ? NULL
               : apr_pstrcat(ptemp, "schema ", path, " is none: ",
                             apr_array_pstrcat(ptemp, file.reports, ' '), NULL);
}

/* Compile one file into conf->sheets under name; a missing file is no error. */
static const char *load(ej_server_t *conf, apr_pool_t *pool, apr_pool_t *ptemp,
                        const char *name, const char *path)
{
    apr_finfo_t info;
    if (apr_stat(&info, path, APR_FINFO_NORM, ptemp) != APR_SUCCESS)
        return NULL;
    loading_t file = begin(conf, ptemp);
    loading = &file;
    xsltStylesheetPtr xslt = compile(path);
    loading = NULL;
    if (!xslt)
        return apr_psprintf(ptemp, "sheet %s does not compile: %s", path,
                            apr_array_pstrcat(ptemp, file.reports, ' '));
    apr_pool_cleanup_register(pool, xslt, free_sheet, apr_pool_cleanup_null);
    apr_hash_set(conf->sheets, apr_pstrdup(pool, name), APR_HASH_KEY_STRING,
                 xslt);
    return NULL;
}

const char *ej_sheets_add(ej_server_t *conf, apr_pool_t *pool,
                          apr_pool_t *ptemp, const char *name, const char *path)
{
    return load(conf, pool, ptemp, name, path);
}

/* Replace the product's printed form by that of the school, else of the region.
 * A sheet that does not compile is named in the log, and its form alone has no
 * sheet: ej_out_transform() answers it with JE500. */
static void load_form(ej_server_t *conf, apr_pool_t *pool, apr_pool_t *ptemp,
                      const char *form)
{
    apr_finfo_t info;
    const char *name = apr_pstrcat(ptemp, form, ".xsl", NULL);
    const char *path = apr_pstrcat(ptemp, conf->forms, "/", name, NULL);
    if (conf->region_forms &&
        apr_stat(&info, path, APR_FINFO_NORM, ptemp) != APR_SUCCESS)
        path = apr_pstrcat(ptemp, conf->region_forms, "/", name, NULL);
    const char *print = apr_pstrcat(ptemp, "print/", form, NULL);
    const char *wrong = load(conf, pool, ptemp, print, path);
    if (!wrong)
        return;
    ap_log_error(APLOG_MARK, APLOG_STARTUP | APLOG_ERR, 0, NULL,
                 "ejournal: %s: this form is answered with an error", wrong);
    apr_hash_set(conf->sheets, apr_pstrdup(pool, print), APR_HASH_KEY_STRING,
                 ej_sheets_none);
}

/* Add to names the forms <feature>_<form> of which dir has a sheet. */
static void find_forms(apr_hash_t *names, apr_pool_t *ptemp, const char *dir,
                       const char *feature)
{
    apr_dir_t *opened;
    apr_finfo_t found;
    apr_size_t length = strlen(feature);
    if (!dir || apr_dir_open(&opened, dir, ptemp) != APR_SUCCESS)
        return;
    while (apr_dir_read(&found, APR_FINFO_NAME, opened) == APR_SUCCESS) {
        const char *end = strstr(found.name, ".xsl");
        if (!strncmp(found.name, feature, length) &&
            found.name[length] == '_' && end && !end[4]) {
            const char *name = apr_pstrmemdup(ptemp, found.name,
                                              (apr_size_t)(end - found.name));
            apr_hash_set(names, name, APR_HASH_KEY_STRING, name);
        }
    }
    apr_dir_close(opened);
}

/* The printed forms of a feature that have a sheet of their own, in the product
 * or in a folder of forms. */
static const char *load_own_forms(ej_server_t *conf, apr_pool_t *pool,
                                  apr_pool_t *ptemp, const char *feature)
{
    const char *wrong = NULL;
    apr_hash_t *names = apr_hash_make(ptemp);
    const char *product = apr_pstrcat(ptemp, conf->share, "/xslt/print", NULL);
    find_forms(names, ptemp, product, feature);
    find_forms(names, ptemp, conf->forms, feature);
    find_forms(names, ptemp, conf->region_forms, feature);
    for (apr_hash_index_t *i = apr_hash_first(ptemp, names); i && !wrong;
         i = apr_hash_next(i)) {
        const char *name = apr_hash_this_val(i);
        wrong =
            load(conf, pool, ptemp, apr_pstrcat(ptemp, "print/", name, NULL),
                 apr_pstrcat(ptemp, product, "/", name, ".xsl", NULL));
        if (!wrong && conf->forms)
            load_form(conf, pool, ptemp, name);
    }
    return wrong;
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
        load_form(conf, pool, ptemp, feature);
    return wrong ? wrong : load_own_forms(conf, pool, ptemp, feature);
}

/* The sheets of letters: one for each channel. */
static const char *load_mail(ej_server_t *conf, apr_pool_t *pool,
                             apr_pool_t *ptemp)
{
    static const char *const names[] = {"mail/email", "mail/sms"};
    const char *wrong = NULL;
    for (int i = 0; !wrong && i < 2; i++) {
        const char *path =
            apr_pstrcat(ptemp, conf->share, "/xslt/", names[i], ".xsl", NULL);
        wrong = load(conf, pool, ptemp, names[i], path);
        if (!wrong && !ej_sheets_have(conf, names[i]))
            wrong = apr_pstrcat(ptemp, "no sheet ", path, NULL);
    }
    return wrong;
}

/* Set the digests of sheets and queries, and of static/. They do not depend on
 * where the files are or when they were written, so that several Apaches of one
 * school have the same ETags and addresses of static files. */
static const char *digest_all(ej_server_t *conf, apr_pool_t *pool,
                              apr_pool_t *ptemp)
{
    unsigned char sum[EJ_DIGEST];
    ej_digest_t *digest = ej_digest_new(ptemp);
    const char *share = conf->share;
    const char *wrong = ej_digest_files(
        digest, apr_pstrcat(ptemp, share, "/xslt", NULL), ptemp);
    if (!wrong && conf->forms)
        wrong = ej_digest_files(digest, conf->forms, ptemp);
    if (!wrong && conf->region_forms)
        wrong = ej_digest_files(digest, conf->region_forms, ptemp);
    for (int i = 0; i < ej_queries_count; i++)
        ej_digest_add(digest, ej_queries[i].sql, strlen(ej_queries[i].sql));
    ej_digest_end(digest, sum);
    conf->sheets_digest = apr_pescape_hex(pool, sum, 8, 0);
    digest = ej_digest_new(ptemp);
    if (!wrong)
        wrong = ej_digest_files(
            digest, apr_pstrcat(ptemp, share, "/static", NULL), ptemp);
    ej_digest_end(digest, sum);
    conf->static_digest = apr_pescape_hex(pool, sum, EJ_STATIC / 2, 0);
    return wrong;
}

const char *ej_sheets_load(ej_server_t *conf, apr_pool_t *pool,
                           apr_pool_t *ptemp,
                           const apr_array_header_t *features)
{
    static int is_ready; /* written once, before any thread */
    if (!is_ready) {
        ej_transform_init();
        exsltCommonRegister();
        exsltStrRegister();
        exsltSetsRegister();
        is_ready = 1;
    }
    conf->sheets = apr_hash_make(pool);
    const char *wrong = load_feature(conf, pool, ptemp, "error");
    if (!wrong && !ej_sheets_have(conf, "error"))
        return apr_pstrcat(ptemp, "no sheet ", conf->share, "/xslt/error.xsl",
                           NULL);
    wrong = load_mail(conf, pool, ptemp);
    for (int i = 0; !wrong && i < features->nelts; i++)
        wrong = load_feature(conf, pool, ptemp,
                             APR_ARRAY_IDX(features, i, const char *));
    return wrong ? wrong : digest_all(conf, pool, ptemp);
}

int ej_sheets_have(const ej_server_t *conf, const char *sheet)
{
    return apr_hash_get(conf->sheets, sheet, APR_HASH_KEY_STRING) != NULL;
}
