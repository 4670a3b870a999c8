/* login.c: checks passwords, from the log-in form and from Basic.
 *
 * A log-in that must wait (guess.c) is refused before hashing. An unknown
 * log-in costs the same work as a known one. No password, token, code or typed
 * log-in ever reaches a log.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "auth/login.h"

#include <apr_escape.h>
#include <stdlib.h>

#include "auth/cookie.h"
#include "auth/check.h"
#include "auth/guess.h"
#include "auth/hash.h"
#include "conf/digest.h"
#include "db/db.h"
#include "text/text.h"

/* One attempt to log in. */
typedef struct {
    const char *name;
    const char *hash;   /* of the typed password */
    const char *device; /* token of the device cookie, or NULL */
    const char *digest; /* of the session to open */
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

/* JE111 when the database's row tells the person to wait; the wait is also
 * remembered in this child (guess.c). */
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

/* Hash the password and have the database count the hash as a guess. The first
 * query returns the account's salt, or how long the person must wait. */
static ej_err_t *hash_and_count(ej_try_t *try, request_rec *r,
                                const char *password)
{
    ej_result_t *row;
    const char *begin[] = {try->name, r->useragent_ip,
                           device_digest(r->pool, try)};
    EJ_TRY(
        ej_db_query(&row, EJ_WRITING, r, r->pool, "core_login_begin", begin));
    EJ_TRY(read_wait(try, r, row));
    const char *setting = column(row, "setting");
    EJ_TRY(
        ej_hash_within(&try->hash, r->pool, password, setting ? setting : ""));
    const char *count[] = {try->name, try->hash, r->useragent_ip,
                           device_digest(r->pool, try)};
    EJ_TRY(ej_db_query(&row, EJ_WRITING, r, r->pool, "core_login_try", count));
    return read_wait(try, r, row);
}

/* Seconds that this log-in has to wait, as this child remembers; 0: ask the
 * database. The database may let a known device in while the rest of its
 * address waits. As anybody can forge a device cookie, only a few are looked up
 * meanwhile. */
static int seconds_left(const ej_try_t *try, const request_rec *r)
{
    int own = ej_guess_wait(r, try->name, try->device);
    int all = ej_guess_wait(r, NULL, NULL);
    if (all <= own || (try->device && (own || ej_guess_may_ask())))
        return own;
    return all;
}

/* Hash the password and count it as a guess, unless the person must wait.
 * Errors: JE111 must wait, also when too many log in at once. */
static ej_err_t *count_guess(ej_try_t *try, const ej_request_t *request,
                             const char *password)
{
    request_rec *r = request->r;
    ej_err_t *err;
    try->device = ej_cookie_device(request);
    int seconds = seconds_left(try, r);
    if (!seconds && ej_hash_enter()) {
        err = hash_and_count(try, r, password);
        ej_hash_leave();
    }
    else
        err = must_wait(r->pool, seconds ? seconds : 1);
    if (err && err->code == JE111)
        ej_guess_slow(r, err);
    return err;
}

/* Have the database compare the counted hash and, when it is right, open a
 * session. old_digest is that of the session that this browser had before.
 * Errors: JE110. */
static ej_err_t *open_session(request_rec *r, const ej_try_t *try,
                              const char *old_digest, int is_shared,
                              const char *way)
{
    unsigned char token[16];
    ej_result_t *row;
    ej_digest_random(token, sizeof token);
    const char *values[] = {try->name,
                            try->hash,
                            r->useragent_ip,
                            device_digest(r->pool, try),
                            try->digest,
                            old_digest,
                            apr_pescape_hex(r->pool, token, sizeof token, 0),
                            is_shared ? "t" : "f",
                            way,
                            ej_identity_agent(r)};
    EJ_TRY(
        ej_db_query(&row, EJ_WRITING, r, r->pool, "core_login_finish", values));
    return column(row, "account_id") ? NULL
                                     : ej_err(r->pool, JE110, NULL, NULL);
}

ej_err_t *ej_login_form(ej_login_t *login, const ej_request_t *request,
                        const char *name, const char *password, int is_shared)
{
    apr_pool_t *pool = request->r->pool;
    ej_try_t try = {.name = name};
    EJ_TRY(count_guess(&try, request, password));
    if (!try.device)
        try.device = ej_cookie_token(pool);
    login->token = ej_cookie_token(pool);
    login->device = try.device;
    login->digest = try.digest = ej_digest_text(pool, login->token);
    return open_session(request->r, &try, ej_cookie_digest(request), is_shared,
                        "form");
}

/* ---------------------------------------------------------------- Basic -- */

const char *ej_login_foreign_digest(const ej_request_t *request,
                                    const char *way, const char *subject)
{
    apr_pool_t *pool = request->r->pool;
    const char *browser = ej_cookie_second(request);
    return ej_digest_text(
        pool, apr_pstrcat(pool, request->conf->secret, " ", way, " ", subject,
                          browser ? " " : NULL, browser, NULL));
}

/* Set key to a digest that is the same for requests of one client with one
 * log-in and password. */
static void set_key(unsigned char key[EJ_DIGEST], const ej_request_t *request,
                    const char *name, const char *password)
{
    request_rec *r = request->r;
    ej_digest_t *digest = ej_digest_new(r->pool);
    const char *parts[] = {request->conf->secret,
                           r->useragent_ip,
                           ej_cookie_device(request),
                           ej_cookie_second(request),
                           name,
                           password};
    for (int i = 0; i < 6; i++) /* with the NUL between them */
        ej_digest_add(digest, parts[i] ? parts[i] : "",
                      parts[i] ? strlen(parts[i]) + 1 : 1);
    ej_digest_end(digest, key);
}

/* Check a Basic log-in's password and open its session. The password's hash is
 * part of the session's digest, so a new password means a new session. */
static ej_err_t *check_basic(ej_try_t *try, const ej_request_t *request,
                             const char *password)
{
    apr_pool_t *pool = request->r->pool;
    EJ_TRY(count_guess(try, request, password));
    const char *subject =
        apr_pstrcat(pool, ej_text_lower(pool, try->name), " ", try->hash, NULL);
    try->digest = ej_login_foreign_digest(request, "Basic", subject);
    return open_session(request->r, try, NULL, 0, "Basic");
}

ej_err_t *ej_login_basic(ej_identity_t **identity, const ej_request_t *request,
                         const char *name, const char *password)
{
    request_rec *r = request->r;
    ej_try_t try = {.name = name};
    ej_check_t mine = {0};
    ej_err_t *err = NULL;
    if (!ej_text_is_clean(name, strlen(name), 0) || strlen(name) > 256)
        return ej_err(r->pool, JE110, NULL, NULL);
    set_key(mine.key, request, name, password);
    const char *kept = ej_check_kept(r->pool, mine.key);
    if (kept) {
        EJ_TRY(ej_identity_ask(identity, r, kept));
        if (*identity)
            return NULL;
    }
    if (!ej_check_join(&mine)) {
        err = check_basic(&try, request, password);
        ej_check_finish(&mine, err, try.digest);
    }
    else if (mine.code) {
        err = ej_err(r->pool, mine.code, NULL, "as an equal log-in");
        err->value = *mine.value ? apr_pstrdup(r->pool, mine.value) : NULL;
        if (err->code == JE111)
            ej_guess_pace(r, err);
    }
    return err ? err
               : ej_identity_ask(identity, r,
                                 apr_pstrdup(r->pool, mine.digest));
}
