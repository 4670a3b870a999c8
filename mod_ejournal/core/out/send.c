/* send.c: headers, and sending of an answer.
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

/* A page of somebody who has logged out must not come back by Back. Tried in
 * Chromium 156 and Firefox 153, with and without scripts:
 *
 * - Both keep left pages alive in memory and show them again without asking,
 *   whatever no-cache says. no-store ends that in Firefox at once, in Chromium
 *   when the cookie changes; but then nothing is answered with 304, Back loads
 *   anew, and text typed into a form is lost. So pages are no-store only on
 *   somebody else's computer and where the next rule does not hold.
 * - Clear-Site-Data empties that memory in all tabs, but only from an origin
 *   that browsers trust (TLS, or this machine), and the page from which one
 * logs out is put there after the answer to the log-out has come: so the log-in
 *   page shows a picture (img/forget.svg) whose answer empties it once more.
 *   The picture delays nobody, although a big cache takes seconds to clear.
 * - The cache on disk is safe by Vary: with another cookie both browsers ask,
 *   and are sent to the log-in page.
 *
 * leave.js empties what is open, in all tabs. tests/browser/left.mjs tries it.
 */
void ej_send_caching(request_rec *r, int no_store)
{
    apr_table_setn(r->err_headers_out, "Vary", "Accept, Cookie");
    apr_table_setn(r->err_headers_out, "Cache-Control",
                   no_store ? "no-store" : "private, no-cache");
}

/* Only "cache": unsent cells are storage, and the page asked about them. */
void ej_send_forget(request_rec *r)
{
    apr_table_setn(r->err_headers_out, "Clear-Site-Data", "\"cache\"");
}

ej_err_t *ej_send_is_wanted(request_rec *r)
{
    struct pollfd at = {-1, POLLRDHUP, 0};
    apr_socket_t *socket = ap_get_conn_socket(r->connection);
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
    r->status = 499; /* in access_log; nobody gets it */
    r->connection->aborted = 1;
    return DONE;
}

int ej_send_answer(request_rec *r, int status, const char *type,
                   const char *text, apr_size_t length)
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
