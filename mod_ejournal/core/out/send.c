/* send.c: sets headers and sends replies.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "out/send.h"

#include <apr_portable.h>
#include <http_core.h>
#include <http_log.h>
#include <http_protocol.h>
#include <poll.h>

APLOG_USE_MODULE(ejournal);

void ej_send_guard(request_rec *r)
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

/* After a log-out the Back button must not show the person's pages. Tried in
 * Chromium 156 and Firefox 153, with and without scripts:
 *
 * - Both keep the pages one has left in memory (the back/forward cache) and
 * show them without a request, even with no-cache. no-store prevents that in
 *   Firefox at once, in Chromium when the cookie changes; but then no page is
 *   answered with 304, Back loads it anew, and typed text is lost. So pages are
 *   no-store only on a shared computer and where the next rule does not hold.
 * - Clear-Site-Data clears that cache in all tabs, but only from an origin that
 *   browsers trust (TLS, or this machine). The page with the log-out button is
 *   put into the cache after the reply to the log-out, so the log-in page has a
 *   picture (img/forget.svg) whose reply clears the cache again. The picture
 *   delays nobody, although a big cache takes seconds to clear.
 * - The cache on disk is safe by Vary: with another cookie both browsers send a
 *   request, and get the log-in page.
 *
 * leave.js clears the open pages in all tabs. tests/browser/left.mjs tests it.
 */
void ej_send_caching(request_rec *r, int no_store)
{
    apr_table_setn(r->err_headers_out, "Vary", "Accept, Cookie");
    apr_table_setn(r->err_headers_out, "Cache-Control",
                   no_store ? "no-store" : "private, no-cache");
}

/* Only "cache" is cleared: cells not yet sent are in the browser's storage, and
 * the page has asked the person about them. */
void ej_send_forget(request_rec *r)
{
    apr_table_setn(r->err_headers_out, "Clear-Site-Data", "\"cache\"");
}

ej_err_t *ej_send_is_wanted(request_rec *r)
{
    struct pollfd at = {-1, POLLRDHUP, 0};
    conn_rec *whole = r->connection->master; /* of a stream of HTTP/2, whose
                                                own socket leads nowhere */
    apr_socket_t *socket = ap_get_conn_socket(whole ? whole : r->connection);
    if (socket)
        apr_os_sock_get(&at.fd, socket);
    if (!r->connection->aborted &&
        (poll(&at, 1, 0) <= 0 ||
         !(at.revents & (POLLRDHUP | POLLHUP | POLLERR))))
        return NULL;
    ej_err_t *err = ej_err(r->pool, JE501, NULL, "the client has gone");
    err->rv = APR_ECONNABORTED;
    return err;
}

int ej_send_nothing(request_rec *r)
{
    ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, "%s: the client has gone",
                  ap_escape_logitem(r->pool, r->uri));
    r->status = 499; /* for access_log; nothing is sent */
    r->connection->aborted = 1;
    return DONE;
}

int ej_send_answer(request_rec *r, int status, const char *type,
                   const char *text, apr_size_t length)
{
    /* Apache would read an unread body only after the reply and, if the body is
     * broken, reply a second time */
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

int ej_send_file(request_rec *r, const char *type, apr_file_t *file,
                 apr_off_t length)
{
    int wrong = ap_discard_request_body(r);
    if (wrong)
        return wrong;
    ap_set_content_type(r, type);
    ap_set_content_length(r, length);
    if (r->header_only)
        return OK;
    apr_bucket_alloc_t *alloc = r->connection->bucket_alloc;
    apr_bucket_brigade *all = apr_brigade_create(r->pool, alloc);
    apr_brigade_insert_file(all, file, 0, length, r->pool);
    APR_BRIGADE_INSERT_TAIL(all, apr_bucket_eos_create(alloc));
    /* who has gone has only a part, which is shorter than its length says */
    return ap_pass_brigade(r->output_filters, all) == APR_SUCCESS
               ? OK
               : AP_FILTER_ERROR;
}
