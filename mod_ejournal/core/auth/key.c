/* key.c: a person's own key, by which a program reads the person's pages.
 *
 * The key comes in the header Authorization and never in an address, which logs
 * and histories keep (ASVS 14.2.1). It is the token of a session of the way
 * "key" (sql/objects/keys.sql), so that the row policies give it what they give
 * the person. A key decides over a cookie that comes with it. Wrong keys are
 * counted by address, in the database and in this child's memory (guess.c).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "auth/key.h"

#include <stdlib.h>

#include "auth/guess.h"
#include "conf/digest.h"
#include "db/db.h"
#include "http/origin.h"
#include "text/text.h"

#define MARK "ejk-" /* begins every key, and no token of a cookie */
#define DIGITS 64   /* hexadecimal, after the mark */
#define PROGRAMS "/ims/" /* OneRoster, which has tokens of its own */

int ej_key_is_sent(const ej_request_t *request)
{
    return request->path && !request->is_static &&
           strncmp(request->path, PROGRAMS, strlen(PROGRAMS)) != 0 &&
           ej_request_credentials(request->r, "Bearer") != NULL;
}

static int is_key(const char *sent)
{
    apr_size_t mark = strlen(MARK);
    return !strncmp(sent, MARK, mark) && strlen(sent) == mark + DIGITS &&
           strspn(sent + mark, "0123456789abcdef") == DIGITS;
}

/* JE315, counted against the address; JE111 where the address must wait. */
static ej_err_t *refuse(request_rec *r)
{
    ej_result_t *row;
    const char *values[] = {r->useragent_ip};
    int seconds = ej_guess_wait(r, "key", NULL);
    if (!seconds) {
        EJ_TRY(ej_db_query(&row, EJ_WRITING, r, r->pool, "core_key_wrong",
                           values));
        seconds = atoi(ej_result_get(row, 0, 0));
        if (seconds > 0)
            ej_guess_must_wait(r, "key", NULL, seconds);
    }
    if (seconds <= 0)
        return ej_err(r->pool, JE315, NULL, NULL);
    ej_err_t *err = ej_err(r->pool, JE111, NULL, "keys");
    err->value = apr_itoa(r->pool, seconds);
    ej_guess_pace(r, err);
    return err;
}

ej_err_t *ej_key_find(ej_identity_t **identity, ej_request_t *request)
{
    request_rec *r = request->r;
    const char *sent = ej_request_credentials(r, "Bearer");
    *identity = NULL;
    EJ_TRY(ej_origin_is_safe(request));
    if (!is_key(sent))
        return refuse(r);
    ej_err_t *err = ej_identity_ask(identity, r, ej_digest_text(r->pool, sent));
    request->pending = NULL;
    if (err && err->code != JE351)
        return err;
    if (*identity && !strcmp((*identity)->way, "key"))
        return NULL;
    *identity = NULL;
    return refuse(r);
}

ej_err_t *ej_key_check(const ej_request_t *request, int is_data)
{
    request_rec *r = request->r;
    if (!ej_key_is_sent(request))
        return NULL;
    if (r->method_number != M_GET)
        return ej_err(r->pool, JE314, NULL, "a key only reads");
    if (request->route && request->route->who & EJ_BROWSER)
        return ej_err(r->pool, JE314, NULL, "not a page for keys");
    return is_data ? NULL : ej_err(r->pool, JE314, "format", "no data");
}
