/* relay.c: the only file that knows libcurl.
 *
 * libcurl sends what an address holds, CR LF too, as commands of SMTP, so that
 * an address is checked here once more. It tells a refusal that is final from
 * one for now by the answer's number alone, and the letter's refusal from the
 * relay's by nothing: the command that was refused is noted as it is sent.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "post/relay.h"

#include <apr_lib.h>
#include <apr_strings.h>
#include <apr_uri.h>
#include <curl/curl.h>

#include "text/text.h"

#define CONNECTING 10L /* seconds */
#define HANDING 40L    /* less than the lease of ej.outbound_lease() */
#define ANSWER 300     /* bytes of a reply that are kept */

struct ej_relay_t {
    CURL *curl;
};

/* One handing over. */
typedef struct {
    const char *bytes; /* that are still to be sent */
    apr_size_t left;
    int is_for_letter; /* the relay has taken the sender: the letter is next */
    int is_reused;     /* it was tried by a connection of an earlier letter */
} handing_t;

void ej_relay_init(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

static apr_status_t close_all(void *relay_)
{
    ej_relay_t *relay = relay_;
    curl_easy_cleanup(relay->curl);
    return APR_SUCCESS;
}

/* Close the connections after a fault. libcurl (7.88) uses a connection again
 * on which it waited in vain for the answer to a letter, and would take that
 * answer for one to the next letter. */
static void renew(ej_relay_t *relay)
{
    curl_easy_cleanup(relay->curl);
    relay->curl = curl_easy_init();
}

ej_relay_t *ej_relay_make(apr_pool_t *pool)
{
    ej_relay_t *relay = apr_pcalloc(pool, sizeof *relay);
    relay->curl = curl_easy_init();
    apr_pool_cleanup_register(pool, relay, close_all, apr_pool_cleanup_null);
    return relay;
}

static ej_handed_t handed(const char *outcome, const char *code)
{
    return (ej_handed_t){outcome, code};
}

/* Whether the text can stand in a command: visible ASCII, without brackets. */
static int is_plain(const char *text)
{
    for (const char *s = text; *s; s++)
        if (*s <= ' ' || *s > '~' || *s == '<' || *s == '>')
            return 0;
    return *text != '\0';
}

/* Whether the relay is this machine, to which a letter goes without TLS. */
static int is_local(const char *url, apr_pool_t *pool)
{
    apr_uri_t uri;
    return apr_uri_parse(pool, url, &uri) == APR_SUCCESS && uri.hostname &&
           (!strcmp(uri.hostname, "localhost") ||
            !strncmp(uri.hostname, "127.", 4) || !strcmp(uri.hostname, "::1"));
}

/* Forget the last handing over; the connection stays open. */
static void begin(CURL *curl, const char *url)
{
    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECTING);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, HANDING);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
}

/* The number of the answer, or a word for the fault that came before one. */
static const char *code_of(CURL *curl, CURLcode rv, apr_pool_t *pool)
{
    long code = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
    return rv == CURLE_OPERATION_TIMEDOUT ? "timeout"
           : rv == CURLE_LOGIN_DENIED     ? "login"
           : code                         ? apr_ltoa(pool, code)
                                          : "connection";
}

/* --------------------------------------------------------------- e-mail -- */

/* Note the command that libcurl sends (its debug function). */
static int note_command(CURL *curl, curl_infotype type, char *data, size_t size,
                        void *handing_)
{
    handing_t *handing = handing_;
    (void)curl;
    if (type == CURLINFO_HEADER_OUT && size >= 4 && !strncmp(data, "RCPT", 4))
        handing->is_for_letter = 1;
    return 0;
}

static size_t give_bytes(char *buffer, size_t size, size_t n, void *handing_)
{
    handing_t *handing = handing_;
    size_t most = size * n < handing->left ? size * n : handing->left;
    memcpy(buffer, handing->bytes, most);
    handing->bytes += most;
    handing->left -= most;
    return most;
}

/* What the answer to a letter means. An answer to AUTH or MAIL, and a lost
 * connection before RCPT, are the relay's matter and no letter's. A letter that
 * was sent and not answered is sent again. */
static ej_handed_t judge(CURL *curl, CURLcode rv, const handing_t *handing,
                         apr_pool_t *pool)
{
    const char *code = code_of(curl, rv, pool);
    if (rv == CURLE_OK)
        return handed("sent", code);
    if (!handing->is_for_letter)
        return handed("pause", code);
    return handed(*code == '5' ? "refused" : "later", code);
}

/* Hand the letter over once. */
static ej_handed_t hand_mail(handing_t *handing, ej_relay_t *relay,
                             const ej_server_t *conf, const char *to,
                             apr_pool_t *pool)
{
    CURL *curl = relay->curl;
    long made = 0;
    if (!curl)
        return handed("pause", "memory");
    begin(curl, conf->mail);
    struct curl_slist *list = curl_slist_append(NULL, to);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, conf->mail_from);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, list);
    if (conf->mail_login)
        curl_easy_setopt(curl, CURLOPT_USERPWD, conf->mail_login);
    curl_easy_setopt(curl, CURLOPT_USE_SSL,
                     is_local(conf->mail, pool) ? CURLUSESSL_TRY
                                                : CURLUSESSL_ALL);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give_bytes);
    curl_easy_setopt(curl, CURLOPT_READDATA, handing);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, note_command);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, handing);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
    CURLcode rv = curl_easy_perform(curl);
    ej_handed_t how = judge(curl, rv, handing, pool);
    curl_easy_getinfo(curl, CURLINFO_NUM_CONNECTS, &made);
    handing->is_reused = !made;
    curl_easy_reset(curl);
    curl_slist_free_all(list);
    if (rv != CURLE_OK)
        renew(relay);
    return how;
}

ej_handed_t ej_relay_mail(ej_relay_t *relay, const ej_server_t *conf,
                          const char *to, const char *bytes, apr_size_t length,
                          apr_pool_t *pool)
{
    handing_t first = {.bytes = bytes, .left = length}, again = first;
    if (!is_plain(to) || !strchr(to, '@'))
        return handed("refused", "address");
    ej_handed_t how = hand_mail(&first, relay, conf, to, pool);
    /* A relay ends a connection that is idle or has brought many letters. */
    return first.is_reused && !strcmp(how.outcome, "pause")
               ? hand_mail(&again, relay, conf, to, pool)
               : how;
}

/* ------------------------------------------------------- short messages -- */

static size_t drop(char *data, size_t size, size_t n, void *unused)
{
    (void)data, (void)unused;
    return size * n;
}

static const char *escaped(CURL *curl, const char *text, apr_pool_t *pool)
{
    char *made = curl_easy_escape(curl, text, 0);
    const char *copy = apr_pstrdup(pool, made ? made : "");
    curl_free(made);
    return copy;
}

ej_handed_t ej_relay_sms(ej_relay_t *relay, const ej_server_t *conf,
                         const char *to, const char *text, const char *report,
                         apr_pool_t *pool)
{
    CURL *curl = relay->curl;
    if (!is_plain(to))
        return handed("refused", "address");
    if (!curl)
        return handed("pause", "memory");
    const char *colon = conf->sms_login ? strchr(conf->sms_login, ':') : NULL;
    const char *user =
        colon ? apr_pstrmemdup(pool, conf->sms_login, colon - conf->sms_login)
              : "";
    begin(curl,
          apr_pstrcat(pool, conf->sms, "?username=", escaped(curl, user, pool),
                      "&password=", escaped(curl, colon ? colon + 1 : "", pool),
                      "&to=", escaped(curl, to, pool),
                      "&text=", escaped(curl, text, pool),
                      "&coding=2&charset=UTF-8&dlr-mask=31&dlr-url=",
                      escaped(curl, report, pool), NULL));
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop);
    CURLcode rv = curl_easy_perform(curl);
    long status = 0, sent = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(curl, CURLINFO_REQUEST_SIZE, &sent);
    const char *code = code_of(curl, rv, pool);
    if (rv != CURLE_OK) {
        renew(relay);
        return handed(sent ? "unknown" : "pause", code);
    }
    return handed(status == 200 || status == 202 ? "sent"
                  : status == 400                ? "refused"
                                                 : "pause",
                  code);
}

/* ------------------------------------------------------------ documents -- */

/* The first bytes of a reply. */
typedef struct {
    char text[ANSWER];
    apr_size_t length;
} reply_t;

static size_t keep(char *data, size_t size, size_t n, void *reply_)
{
    reply_t *reply = reply_;
    apr_size_t left = ANSWER - reply->length;
    apr_size_t most = size * n < left ? size * n : left;
    memcpy(reply->text + reply->length, data, most);
    reply->length += most;
    return size * n;
}

/* The bytes as one line that can be kept: up to the first that cannot. */
static const char *line_of(const char *bytes, apr_size_t length,
                           apr_pool_t *pool)
{
    char *line = apr_pstrmemdup(pool, bytes, length);
    for (char *s = line; *s; s++)
        if ((unsigned char)*s < ' ')
            *s = ' ';
    length = strlen(line);
    while (length && !ej_text_is_clean(line, length, 0))
        length--;
    return ej_text_trim(pool, apr_pstrmemdup(pool, line, length));
}

/* What the number of a reply means. */
static ej_handed_t judge_reply(long status, apr_pool_t *pool)
{
    const char *code = apr_ltoa(pool, status);
    if (status == 200 || status == 201 || status == 204)
        return handed("accepted", code);
    if (status == 202)
        return handed("sent", code);
    if (status >= 400 && status < 500 && status != 408 && status != 429)
        return handed("refused", code);
    return handed("failed", code);
}

/* A word for a fault that came before any reply. */
static const char *fault_of(CURLcode rv)
{
    switch (rv) {
    case CURLE_OPERATION_TIMEDOUT:
        return "timeout";
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
        return "certificate";
    default:
        return "connection";
    }
}

static void set_blob(CURL *curl, CURLoption option, const char *text)
{
    struct curl_blob blob = {(void *)text, text ? strlen(text) : 0,
                             CURL_BLOB_COPY};
    if (text)
        curl_easy_setopt(curl, option, &blob);
}

/* Redirects are not followed, and only HTTPS is spoken. */
static void begin_document(CURL *curl, const ej_parcel_t *parcel)
{
    begin(curl, parcel->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https");
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, parcel->text);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                     (curl_off_t)strlen(parcel->text));
    set_blob(curl, CURLOPT_SSLCERT_BLOB, parcel->certificate);
    set_blob(curl, CURLOPT_SSLKEY_BLOB, parcel->certificate);
    set_blob(curl, CURLOPT_CAINFO_BLOB, parcel->issuer);
}

ej_handed_t ej_relay_document(const char **answer, ej_relay_t *relay,
                              const ej_parcel_t *parcel, apr_pool_t *pool)
{
    CURL *curl = relay->curl;
    reply_t reply = {.length = 0};
    char fault[CURL_ERROR_SIZE] = "";
    long status = 0;
    if (!curl)
        return handed("failed", "connection");
    begin_document(curl, parcel);
    struct curl_slist *heads =
        curl_slist_append(NULL, "Content-Type: application/xml; charset=utf-8");
    heads = curl_slist_append(heads, apr_pstrcat(pool, "Idempotency-Key: \"",
                                                 parcel->name, "\"", NULL));
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, heads);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, fault);
    CURLcode rv = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_reset(curl);
    curl_slist_free_all(heads);
    if (rv != CURLE_OK)
        renew(relay);
    *answer = rv == CURLE_OK ? line_of(reply.text, reply.length, pool)
                             : line_of(fault, strlen(fault), pool);
    return rv == CURLE_OK ? judge_reply(status, pool)
                          : handed("failed", fault_of(rv));
}
