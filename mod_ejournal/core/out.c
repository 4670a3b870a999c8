/* out.c: formats, headers and sending of an answer.
 *
 * A page is good only if its sheet reported nothing (out_run.c).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "out_run.h"

#include <apr_portable.h>
#include <http_core.h>
#include <http_log.h>
#include <http_protocol.h>
#include <libxml/HTMLtree.h>
#include <libxslt/xsltutils.h>
#include <poll.h>

APLOG_USE_MODULE(ejournal);

typedef struct {
    request_rec *r;
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
    if (reports->count++ < 5 && *line)
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, reports->r, "sheet: %s", line);
}

static ej_err_t *result_text(const char **text, apr_size_t *length,
                             request_rec *r, const ej_sheet_t *sheet,
                             xmlDocPtr result, ej_format_t format)
{
    if (EJ_IS_CSV(format)) {
        *text = ej_out_csv(length, r->pool, result, format == EJ_RFC4180);
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
    ej_run_t run = {report, &reports, 0};
    xmlDocPtr result = ej_out_run(&run, found->xslt, ej_xml_native(doc));
    if (!result)
        return ej_err(r->pool, "JE500", NULL, "the sheet failed");
    ej_out_tell(&run);
    ej_err_t *err = result_text(text, length, r, found, result, format);
    ej_out_tell(NULL);
    if (!err && reports.count)
        err = ej_err(r->pool, "JE500", NULL, "the sheet reported errors");
    xmlFreeDoc(result);
    return err;
}

/* ------------------------------------------------------------- sending -- */

const char *ej_out_type(ej_format_t format)
{
    return format == EJ_XML    ? "application/xml; charset=utf-8"
           : EJ_IS_CSV(format) ? "text/csv; charset=utf-8; header=present"
                               : "text/html; charset=utf-8";
}

void ej_out_guard(request_rec *r)
{
    static const char *const fixed[][2] = {
        {"Content-Security-Policy",
         "default-src 'self'; object-src 'none'; base-uri 'none'; "
         "form-action 'self'; frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "same-origin"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"}};
    for (apr_size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        apr_table_setn(r->err_headers_out, fixed[i][0], fixed[i][1]);
}

/* A page of somebody who has logged out must not come back by Back. Tried in
 * Chromium 156 and Firefox 153, with and without scripts:
 *
 * - Both keep left pages alive in memory and show them again without asking,
 *   whatever no-cache says. no-store ends that in Firefox at once, in Chromium
 *   when the cookie changes; but then nothing is answered with 304, Back loads
 *   anew, and text typed into a form is lost. So pages are no-store only on
 *   somebody else's computer and where the next rule does not hold.
 * - Clear-Site-Data empties that memory in all tabs, but only from an origin
 *   that browsers trust (TLS, or this machine), and the page from which one logs
 *   out is put there after the answer to the log-out has come: so the log-in
 *   page shows a picture (img/forget.svg) whose answer empties it once more.
 *   The picture delays nobody, although a big cache takes seconds to clear.
 * - The cache on disk is safe by Vary: with another cookie both browsers ask,
 *   and are sent to the log-in page.
 *
 * leave.js empties what is open, in all tabs. tests/browser/left.mjs tries it. */
void ej_out_headers(request_rec *r, int no_store)
{
    apr_table_setn(r->err_headers_out, "Vary", "Accept, Cookie");
    apr_table_setn(r->err_headers_out, "Cache-Control",
                   no_store ? "no-store" : "private, no-cache");
}

/* Only "cache": unsent cells are storage, and the page asked about them. */
void ej_out_forget(request_rec *r)
{
    apr_table_setn(r->err_headers_out, "Clear-Site-Data", "\"cache\"");
}

ej_err_t *ej_out_client(request_rec *r)
{
    struct pollfd at = {-1, POLLRDHUP, 0};
    apr_socket_t *socket = ap_get_conn_socket(r->connection);
    if (socket)
        apr_os_sock_get(&at.fd, socket);
    if (!r->connection->aborted &&
        (poll(&at, 1, 0) <= 0 ||
         !(at.revents & (POLLRDHUP | POLLHUP | POLLERR))))
        return NULL;
    ej_err_t *err = ej_err(r->pool, "JE501", NULL, "the client has gone");
    err->rv = APR_ECONNABORTED;
    return err;
}

int ej_out_gone(request_rec *r)
{
    ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, "%s: the client has gone",
                  ap_escape_logitem(r->pool, r->uri));
    r->status = 499; /* in access_log; nobody gets it */
    r->connection->aborted = 1;
    return DONE;
}

int ej_out_send(request_rec *r, int status, const char *type, const char *text,
                apr_size_t length)
{
    /* Apache reads a body that nobody read when the answer is out; if the body
     * is broken, it would answer once more */
    int wrong =
        ap_status_drops_connection(status) ? OK : ap_discard_request_body(r);
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
