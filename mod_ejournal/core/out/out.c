/* out.c: transforms a document into the text of a reply, by format.
 *
 * If the sheet reports anything during the transform, the page is JE500.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "out/out.h"

#include <http_log.h>
#include <libxslt/xsltutils.h>

#include "out/csv.h"
#include "out/sheets.h"
#include "out/table.h"
#include "out/transform.h"
#include "out/xlsx.h"

APLOG_USE_MODULE(ejournal);

typedef struct {
    request_rec *r; /* NULL: a letter */
    server_rec *s;
    int count;
} ej_reports_t;

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
    if (reports->count++ >= 5 || !*line)
        return;
    if (reports->r)
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, reports->r, "sheet: %s", line);
    else
        ap_log_error(APLOG_MARK, APLOG_ERR, 0, reports->s, "sheet: %s", line);
}

static ej_err_t *result_bytes(const char **text, apr_size_t *length,
                              apr_pool_t *pool, xsltStylesheetPtr sheet,
                              xmlDocPtr result)
{
    xmlChar *bytes = NULL;
    int n = 0;
    if (xsltSaveResultToString(&bytes, &n, result, sheet) < 0 || !bytes)
        return ej_err(pool, JE500, NULL, "the result was not written");
    *text = apr_pstrmemdup(pool, (const char *)bytes, n);
    *length = n;
    xmlFree(bytes);
    return NULL;
}

static ej_err_t *result_text(const char **text, apr_size_t *length,
                             apr_pool_t *pool, xsltStylesheetPtr sheet,
                             xmlDocPtr result, ej_format_t format)
{
    if (format == EJ_XLSX)
        return ej_xlsx_write(text, length, pool, result);
    if (EJ_IS_TABLE(format)) {
        *text = ej_csv_write(length, pool, result, format == EJ_RFC4180);
        return *text ? NULL : ej_err(pool, JE401, "format", "no table");
    }
    return result_bytes(text, length, pool, sheet, result);
}

ej_err_t *ej_out_letter(const char **text, server_rec *s, apr_pool_t *pool,
                        const ej_server_t *conf, ej_doc_t *doc,
                        const char *sheet)
{
    apr_size_t length;
    ej_reports_t reports = {NULL, s, 0};
    ej_run_t run = {report, &reports, 0};
    xsltStylesheetPtr found =
        apr_hash_get(conf->sheets, sheet, APR_HASH_KEY_STRING);
    xmlDocPtr result =
        found ? ej_transform_run(&run, found, ej_xml_native(doc)) : NULL;
    if (!result)
        return ej_err(pool, JE500, NULL, "the sheet failed");
    ej_transform_report_to(&run);
    ej_err_t *err = result_bytes(text, &length, pool, found, result);
    ej_transform_report_to(NULL);
    if (!err && reports.count)
        err = ej_err(pool, JE500, NULL, "the sheet reported errors");
    xmlFreeDoc(result);
    return err;
}

/* Transform doc by a sheet, or by its form in print/, and write the result. */
static ej_err_t *transform(const char **text, apr_size_t *length,
                           request_rec *r, apr_pool_t *pool,
                           const ej_server_t *conf, ej_doc_t *doc,
                           const char *sheet, ej_format_t format)
{
    const char *print = apr_pstrcat(pool, "print/", sheet, NULL);
    if (format == EJ_PRINT && ej_sheets_have(conf, print))
        sheet = print;
    xsltStylesheetPtr found =
        apr_hash_get(conf->sheets, sheet, APR_HASH_KEY_STRING);
    if (!found || (const void *)found == ej_sheets_none)
        return ej_err(r->pool, JE500, NULL, "no such sheet");

    ap_log_rerror(APLOG_MARK, APLOG_TRACE1, 0, r, "transform: %s", sheet);
    ej_reports_t reports = {r, r->server, 0};
    ej_run_t run = {report, &reports, 0};
    xmlDocPtr result = ej_transform_run(&run, found, ej_xml_native(doc));
    if (!result)
        return ej_err(r->pool, JE500, NULL, "the sheet failed");
    ej_transform_report_to(&run);
    ej_err_t *err = result_text(text, length, pool, found, result, format);
    ej_transform_report_to(NULL);
    if (!err && reports.count)
        err = ej_err(r->pool, JE500, NULL, "the sheet reported errors");
    xmlFreeDoc(result);
    return err;
}

ej_err_t *ej_out_transform(const char **text, apr_size_t *length,
                           request_rec *r, const ej_server_t *conf,
                           ej_doc_t *doc, const char *sheet, ej_format_t format)
{
    return transform(text, length, r, r->pool, conf, doc, sheet, format);
}

ej_err_t *ej_out_print(const char **text, request_rec *r, apr_pool_t *pool,
                       const ej_server_t *conf, ej_doc_t *doc,
                       const char *sheet)
{
    apr_size_t length;
    return transform(text, &length, r, pool, conf, doc, sheet, EJ_PRINT);
}

ej_err_t *ej_out_tables(request_rec *r, const ej_server_t *conf, ej_doc_t *doc,
                        const char *sheet, apr_pool_t *scratch,
                        ej_out_table_t *each, void *data)
{
    ej_reports_t reports = {r, r->server, 0};
    ej_run_t run = {report, &reports, 0};
    xsltStylesheetPtr found =
        apr_hash_get(conf->sheets, sheet, APR_HASH_KEY_STRING);
    xmlDocPtr result =
        found ? ej_transform_run(&run, found, ej_xml_native(doc)) : NULL;
    if (!result || reports.count)
        return ej_err(scratch, JE500, NULL, "the sheet failed");
    ej_err_t *err = each(data, ej_table_read_all(scratch, result));
    xmlFreeDoc(result);
    return err;
}

const char *ej_out_type(ej_format_t format)
{
    return format == EJ_XML    ? "application/xml; charset=utf-8"
           : format == EJ_XLSX ? "application/vnd.openxmlformats-officedocument"
                                 ".spreadsheetml.sheet"
           : EJ_IS_TABLE(format) ? "text/csv; charset=utf-8; header=present"
                                 : "text/html; charset=utf-8";
}

#ifdef EJ_FAULTS
void ej_out_fail_at(long n)
{
    ej_transform_fail_at(n);
}
#endif
