/* login.c: log-in by password, by the form and by Basic.
 *
 * Counters (guess.c) are asked before hashing; the work is the same for unknown
 * log-ins. No password, token, code or typed log-in ever reaches a log.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "auth/login.h"

#include <apr_escape.h>
#include <stdlib.h>

#include "auth/cookie.h"
#include "auth/flight.h"
#include "auth/guess.h"
#include "auth/hash.h"
#include "conf/digest.h"
#include "db/db.h"
#include "text/text.h"

/* One try to log in. */
typedef struct {
    const char *name;
    const char *computed; /* what crypt_r made of the password */
    const char *device;   /* token, or NULL */
    const char *digest;   /* of the session to open */
} ej_try_t;

static const char *device_digest(apr_pool_t *pool, const ej_try_t *try)
{
    return try->device ? ej_digest_text(pool, try->device) : NULL;
}

static ej_err_t *must_wait(apr_pool_t *pool, int seconds)
{
    ej_err_t *err = ej_err(pool, JE111, NULL, "guesses");
    err->value = apr_itoa(pool, seconds);
    return err;
}

static const char *column(const ej_result_t *row, const char *name)
{
    int i = ej_result_column(row, name);
    return i < 0 || !ej_result_rows(row) ? NULL : ej_result_get(row, 0, i);
}

/* JE111 when the database says that the person must wait, which this child
 * remembers. */
static ej_err_t *read_wait(const ej_try_t *try, request_rec *r,
                           const ej_result_t *row)
{
    const char *wait = column(row, "wait_s"), *all = column(row, "is_address");
    if (!wait || atoi(wait) <= 0)
        return NULL;
    int is_all = all && *all == 't';
    if (is_all)
        ej_guess_must_wait(r, NULL, NULL, atoi(wait));
    if (!is_all || try->device)
        ej_guess_must_wait(r, try->name, try->device, atoi(wait));
    return must_wait(r->pool, atoi(wait));
}

/* Ask the counters and how to hash, hash, and have that counted as a guess. */
static ej_err_t *ask(ej_try_t *try, request_rec *r, const char *password)
{
    ej_result_t *row;
    const char *begin[] = {try->name, r->useragent_ip,
                           device_digest(r->pool, try)};
    EJ_TRY(ej_db_query(&row, r, r->pool, "core_login_begin", begin));
    EJ_TRY(read_wait(try, r, row));
    const char *setting = column(row, "setting");
    EJ_TRY(ej_hash_within(&try->computed, r->pool, password,
                          setting ? setting : ""));
    const char *count[] = {try->name, try->computed, r->useragent_ip,
                           device_digest(r->pool, try)};
    EJ_TRY(ej_db_query(&row, r, r->pool, "core_login_try", count));
    return read_wait(try, r, row);
}

/* Seconds that this log-in has to wait; then the database is not asked. A known
 * device may be let in where its neighbours wait, but anybody can write such a
 * cookie: only some are asked about while the neighbours wait. */
static int seconds_left(const ej_try_t *try, const request_rec *r)
{
    int own = ej_guess_wait(r, try->name, try->device);
    int all = own ? 0 : ej_guess_wait(r, NULL, NULL);
    if (!all || (try->device && ej_guess_may_ask()))
        return own;
    return all;
}

/* Count the password as a guess. Errors: JE111 the person must wait, also when
 * too many log in at once. */
static ej_err_t *check(ej_try_t *try, const ej_request_t *request,
                       const char *password)
{
    request_rec *r = request->r;
    ej_err_t *err;
    try->device = ej_cookie_device(request);
    int seconds = seconds_left(try, r);
    if (!seconds && ej_hash_enter()) {
        err = ask(try, r, password);
        ej_hash_leave();
    }
    else
        err = must_wait(r->pool, seconds ? seconds : 1);
    if (err && err->code == JE111)
        ej_guess_slow(r);
    return err;
}

/* Have the guess judged; when it was right a session is open. was is the
 * digest of the session that this browser had. Errors: JE110. */
static ej_err_t *finish(request_rec *r, const ej_try_t *try, const char *was,
                        int is_shared, const char *way)
{
    unsigned char token[16];
    ej_result_t *row;
    ej_digest_random(token, sizeof token);
    const char *values[] = {try->name,
                            try->computed,
                            r->useragent_ip,
                            device_digest(r->pool, try),
                            try->digest,
                            was,
                            apr_pescape_hex(r->pool, token, sizeof token, 0),
                            is_shared ? "t" : "f",
                            way};
    EJ_TRY(ej_db_query(&row, r, r->pool, "core_login_finish", values));
    return column(row, "account_id") ? NULL
                                     : ej_err(r->pool, JE110, NULL, NULL);
}

ej_err_t *ej_login_form(ej_login_t *login, const ej_request_t *request,
                        const char *name, const char *password, int is_shared)
{
    apr_pool_t *pool = request->r->pool;
    ej_try_t try = {.name = name};
    EJ_TRY(check(&try, request, password));
    if (!try.device)
        try.device = ej_cookie_token(pool);
    login->token = ej_cookie_token(pool);
    login->device = try.device;
    login->digest = try.digest = ej_digest_text(pool, login->token);
    return finish(request->r, &try, ej_cookie_digest(request), is_shared,
                  "form");
}

/* ---------------------------------------------------------------- Basic -- */

const char *ej_login_foreign_digest(const ej_request_t *request,
                                    const char *way, const char *subject)
{
    apr_pool_t *pool = request->r->pool;
    return ej_digest_text(pool, apr_pstrcat(pool, request->conf->secret, " ",
                                            way, " ", subject, NULL));
}

/* Set of to what equal checks have in common. */
static void flight_of(unsigned char of[EJ_DIGEST], const ej_request_t *request,
                      const char *name, const char *password)
{
    request_rec *r = request->r;
    ej_digest_t *digest = ej_digest_new(r->pool);
    const char *parts[] = {request->conf->secret, r->useragent_ip,
                           ej_cookie_device(request), name, password};
    for (int i = 0; i < 5; i++) /* with the NUL between them */
        ej_digest_add(digest, parts[i] ? parts[i] : "",
                      parts[i] ? strlen(parts[i]) + 1 : 1);
    ej_digest_end(digest, of);
}

/* Check, and open the session that stands for this log-in: another one after
 * the password changed, since its hash is part of the digest. */
static ej_err_t *basic_first(ej_try_t *try, const ej_request_t *request,
                             const char *password)
{
    apr_pool_t *pool = request->r->pool;
    EJ_TRY(check(try, request, password));
    const char *subject = apr_pstrcat(pool, ej_text_lower(pool, try->name), " ",
                                      try->computed, NULL);
    try->digest = ej_login_foreign_digest(request, "Basic", subject);
    return finish(request->r, try, NULL, 0, "Basic");
}

ej_err_t *ej_login_basic(ej_identity_t **identity, const ej_request_t *request,
                         const char *name, const char *password)
{
    request_rec *r = request->r;
    ej_try_t try = {.name = name};
    ej_flight_t flight = {0};
    ej_err_t *err = NULL;
    if (!ej_text_is_clean(name, strlen(name), 0) || strlen(name) > 256)
        return ej_err(r->pool, JE110, NULL, NULL);
    flight_of(flight.of, request, name, password);
    if (!ej_flight_join(&flight)) {
        err = basic_first(&try, request, password);
        ej_flight_land(&flight, err, try.digest);
    }
    else if (flight.code) {
        err = ej_err(r->pool, flight.code, NULL, "as its twin");
        err->value = *flight.value ? apr_pstrdup(r->pool, flight.value) : NULL;
        if (err->code == JE111)
            ej_guess_pace(r);
    }
    return err ? err
               : ej_identity_ask(identity, r,
                                 apr_pstrdup(r->pool, flight.digest));
}
