/* exchange.c: documents for other systems: each kind has a sheet that makes it
 * and a schema that checks it.
 *
 * A kind is a folder: a region adds one by its files alone (FED-42). Sheets and
 * schemas are read at configtest, confined to their folders (out/sheets.c); a
 * sheet runs within the limits of every other (out/transform.c).
 * Source: INT-01, FED-06, FED-42
 * SPDX-License-Identifier: Apache-2.0
 */
#include "out/exchange.h"

#include <apr_file_info.h>
#include <apr_strings.h>
#include <http_log.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/xmlschemas.h>
#include <libxslt/xsltutils.h>

#include "conf/file.h"
#include "out/sheets.h"
#include "out/transform.h"
#include "text/text.h"

APLOG_USE_MODULE(ejournal);

#define NAME 32   /* bytes of a kind's name */
#define WRONG 300 /* bytes of the first complaint */

/* --------------------------------------------------------------- loading -- */

static void *parse_rng(const char *path)
{
    xmlRelaxNGParserCtxtPtr context = xmlRelaxNGNewParserCtxt(path);
    xmlRelaxNGPtr made = context ? xmlRelaxNGParse(context) : NULL;
    xmlRelaxNGFreeParserCtxt(context);
    return made;
}

static void *parse_xsd(const char *path)
{
    xmlSchemaParserCtxtPtr context = xmlSchemaNewParserCtxt(path);
    xmlSchemaPtr made = context ? xmlSchemaParse(context) : NULL;
    xmlSchemaFreeParserCtxt(context);
    return made;
}

static apr_status_t free_rng(void *rng)
{
    xmlRelaxNGFree(rng);
    return APR_SUCCESS;
}

static apr_status_t free_xsd(void *xsd)
{
    xmlSchemaFree(xsd);
    return APR_SUCCESS;
}

static int is_there(const char *path, apr_pool_t *ptemp)
{
    apr_finfo_t info;
    return apr_stat(&info, path, APR_FINFO_TYPE, ptemp) == APR_SUCCESS;
}

/* Parse schema.rng or schema.xsd of a folder; NULL or what is wrong. */
static const char *load_schema(ej_paper_t *kind, const ej_server_t *conf,
                               const char *folder, apr_pool_t *pool,
                               apr_pool_t *ptemp)
{
    const char *wrong;
    const char *rng = apr_pstrcat(ptemp, folder, "/schema.rng", NULL);
    const char *xsd = apr_pstrcat(ptemp, folder, "/schema.xsd", NULL);
    if (is_there(rng, ptemp)) {
        wrong = ej_sheets_parse(&kind->rng, conf, ptemp, parse_rng, rng);
        if (!wrong)
            apr_pool_cleanup_register(pool, kind->rng, free_rng,
                                      apr_pool_cleanup_null);
        return wrong;
    }
    wrong = ej_sheets_parse(&kind->xsd, conf, ptemp, parse_xsd, xsd);
    if (!wrong)
        apr_pool_cleanup_register(pool, kind->xsd, free_xsd,
                                  apr_pool_cleanup_null);
    return wrong;
}

/* Read a file that a kind need not have. */
static const char *load_text(const char **text, const char *folder,
                             const char *name, apr_pool_t *pool,
                             apr_pool_t *ptemp)
{
    apr_size_t length;
    const char *path = apr_pstrcat(ptemp, folder, "/", name, NULL);
    return is_there(path, ptemp)
               ? ej_file_read(text, &length, pool, ptemp, path)
               : NULL;
}

static const char *load_kind(ej_paper_t *kind, ej_server_t *conf,
                             const char *folder, apr_pool_t *pool,
                             apr_pool_t *ptemp)
{
    const char *sheet = apr_pstrcat(ptemp, folder, "/sheet.xsl", NULL);
    kind->sheet = apr_pstrcat(pool, "exchange/", kind->name, NULL);
    if (!is_there(sheet, ptemp))
        return apr_pstrcat(ptemp, "no ", sheet, NULL);
    const char *wrong = ej_sheets_add(conf, pool, ptemp, kind->sheet, sheet);
    if (!wrong)
        wrong = load_schema(kind, conf, folder, pool, ptemp);
    if (!wrong)
        wrong = load_text(&kind->certificate, folder, "certificate.pem", pool,
                          ptemp);
    return wrong ? wrong
                 : load_text(&kind->issuer, folder, "ca.pem", pool, ptemp);
}

/* Whether the name of a folder can be that of a kind: as the database has it.
 */
static int is_name(const char *name)
{
    apr_size_t length = strlen(name);
    return length <= NAME && *name >= 'a' && *name <= 'z' &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

/* Load the kinds of one folder of kinds. */
static void load_all(ej_server_t *conf, const char *dir, apr_pool_t *pool,
                     apr_pool_t *ptemp)
{
    apr_dir_t *opened;
    apr_finfo_t found;
    if (!dir || apr_dir_open(&opened, dir, ptemp) != APR_SUCCESS)
        return;
    while (apr_dir_read(&found, APR_FINFO_NAME, opened) == APR_SUCCESS) {
        if (!is_name(found.name))
            continue;
        ej_paper_t *kind = apr_pcalloc(pool, sizeof *kind);
        kind->name = apr_pstrdup(pool, found.name);
        const char *wrong = load_kind(
            kind, conf, apr_pstrcat(ptemp, dir, "/", kind->name, NULL), pool,
            ptemp);
        if (wrong)
            ap_log_error(APLOG_MARK, APLOG_STARTUP | APLOG_ERR, 0, NULL,
                         "ejournal: kind %s: %s: no document of it is sent",
                         kind->name, wrong);
        apr_hash_set(conf->kinds, kind->name, APR_HASH_KEY_STRING,
                     wrong ? NULL : kind);
    }
    apr_dir_close(opened);
}

void ej_exchange_load(ej_server_t *conf, apr_pool_t *pool, apr_pool_t *ptemp)
{
    conf->kinds = apr_hash_make(pool);
    load_all(conf, apr_pstrcat(ptemp, conf->share, "/xslt/exchange", NULL),
             pool, ptemp);
    load_all(conf, conf->exchange, pool, ptemp);
}

const ej_paper_t *ej_exchange_find(const ej_server_t *conf, const char *name)
{
    return conf->kinds ? apr_hash_get(conf->kinds, name, APR_HASH_KEY_STRING)
                       : NULL;
}

/* ---------------------------------------------------------------- making -- */

/* The first complaint of a sheet or a schema. */
typedef struct {
    char text[WRONG + 1];
    int count;
} complaint_t;

static void complain(void *complaint_, const char *format, ...)
{
    complaint_t *complaint = complaint_;
    va_list arguments;
    if (complaint->count++)
        return;
    va_start(arguments, format);
    apr_vsnprintf(complaint->text, sizeof complaint->text, format, arguments);
    va_end(arguments);
    for (char *s = complaint->text; *s; s++)
        if ((unsigned char)*s < ' ')
            *s = ' ';
}

/* What was complained of, as a text that can be kept. */
static const char *words_of(const complaint_t *complaint, apr_pool_t *pool)
{
    apr_size_t length = strlen(complaint->text);
    while (length && !ej_text_is_clean(complaint->text, length, 0))
        length--; /* cut within a letter */
    return length ? ej_text_trim(pool,
                                 apr_pstrmemdup(pool, complaint->text, length))
                  : "?";
}

/* Transform the source; NULL when the sheet failed or complained. */
static const char *transform(apr_pool_t *pool, const ej_server_t *conf,
                             const ej_paper_t *kind, xmlDocPtr source,
                             complaint_t *complaint)
{
    ej_run_t run = {complain, complaint, 0};
    xmlChar *bytes = NULL;
    const char *text = NULL;
    int n = 0;
    xsltStylesheetPtr sheet =
        apr_hash_get(conf->sheets, kind->sheet, APR_HASH_KEY_STRING);
    xmlDocPtr result = ej_transform_run(&run, sheet, source);
    if (result && !complaint->count &&
        xsltSaveResultToString(&bytes, &n, result, sheet) >= 0 && bytes)
        text = apr_pstrmemdup(pool, (const char *)bytes, (apr_size_t)n);
    xmlFree(bytes);
    xmlFreeDoc(result);
    return text;
}

static int fits_rng(const ej_paper_t *kind, xmlDocPtr doc,
                    complaint_t *complaint)
{
    xmlRelaxNGValidCtxtPtr context = xmlRelaxNGNewValidCtxt(kind->rng);
    xmlRelaxNGSetValidErrors(context, complain, complain, complaint);
    int found = xmlRelaxNGValidateDoc(context, doc);
    xmlRelaxNGFreeValidCtxt(context);
    return !found;
}

static int fits_xsd(const ej_paper_t *kind, xmlDocPtr doc,
                    complaint_t *complaint)
{
    xmlSchemaValidCtxtPtr context = xmlSchemaNewValidCtxt(kind->xsd);
    xmlSchemaSetValidErrors(context, complain, complain, complaint);
    int found = xmlSchemaValidateDoc(context, doc);
    xmlSchemaFreeValidCtxt(context);
    return !found;
}

/* Read a text as XML, without network, DTD and entities. */
static xmlDocPtr read_text(const char *text)
{
    return xmlReadMemory(text, (int)strlen(text), NULL, NULL,
                         XML_PARSE_NONET | XML_PARSE_NOERROR |
                             XML_PARSE_NOWARNING);
}

/* Check the bytes that will be sent. */
static int fits(const ej_paper_t *kind, const char *text,
                complaint_t *complaint)
{
    xmlDocPtr doc = read_text(text);
    if (!doc) {
        complain(complaint, "not well-formed");
        return 0;
    }
    int is_good = kind->rng ? fits_rng(kind, doc, complaint)
                            : fits_xsd(kind, doc, complaint);
    xmlFreeDoc(doc);
    return is_good;
}

ej_err_t *ej_exchange_make(const char **text, const char **wrong,
                           apr_pool_t *pool, const ej_server_t *conf,
                           const ej_paper_t *kind, const char *source)
{
    complaint_t complaint = {"", 0};
    xmlDocPtr doc = read_text(source);
    *wrong = NULL;
    if (!doc)
        return ej_err(pool, JE500, NULL, "the source cannot be read");
    *text = transform(pool, conf, kind, doc, &complaint);
    xmlFreeDoc(doc);
    if (!*text || !fits(kind, *text, &complaint))
        *wrong = words_of(&complaint, pool);
    return NULL;
}
