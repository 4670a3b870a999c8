/* session.c: passwords, log-in and the cookie; the user of libcrypt.
 *
 * Counters (guess.c) are asked before hashing; the work is the same for unknown
 * log-ins; hashes at once are bounded, since each costs some 25 ms of a core
 * and they are what a flood of guesses would buy. No password, token, code or
 * typed log-in ever reaches a log.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ctx.h"

#include <apr_thread_cond.h>
#include <apr_thread_mutex.h>
#include <crypt.h>
#include <http_core.h>
#include <http_log.h>
#include <http_protocol.h>

APLOG_USE_MODULE(ejournal);

#if EJ_PASSWORD_MOST >= CRYPT_MAX_PASSPHRASE_SIZE
#error "libcrypt takes no password as long as that"
#endif

#define HASHES 2  /* at once, per child */
#define WAITING 6 /* more are sent away at once */
#define PATIENCE apr_time_from_sec(3)
#define TOKEN_BYTES 32
#define CODE 15                  /* signs of ej.new_code() */
#define AGE "; Max-Age=15552000" /* 180 days, as the longest session */

typedef struct {
    apr_thread_mutex_t *mutex;
    apr_thread_cond_t *free;
    int busy, waiting;
} ej_hashing_t;

static ej_hashing_t hashing; /* written before the threads start */

void ej_session_child(apr_pool_t *pchild, server_rec *s)
{
    (void)s;
    apr_thread_mutex_create(&hashing.mutex, APR_THREAD_MUTEX_DEFAULT, pchild);
    apr_thread_cond_create(&hashing.free, pchild);
}

/* Take one of the places for hashing; 0 when there is none in time. */
static int enter(void)
{
    apr_time_t until = apr_time_now() + PATIENCE;
    int is_in = 0;
    apr_thread_mutex_lock(hashing.mutex);
    if (hashing.busy < HASHES || hashing.waiting < WAITING) {
        hashing.waiting++;
        while (hashing.busy >= HASHES && apr_time_now() < until)
            apr_thread_cond_timedwait(hashing.free, hashing.mutex,
                                      until - apr_time_now());
        hashing.waiting--;
        is_in = hashing.busy < HASHES;
        hashing.busy += is_in;
    }
    apr_thread_mutex_unlock(hashing.mutex);
    return is_in;
}

static void leave(void)
{
    apr_thread_mutex_lock(hashing.mutex);
    hashing.busy--;
    apr_thread_cond_signal(hashing.free);
    apr_thread_mutex_unlock(hashing.mutex);
}

/* crypt(5) of password by setting, within a place. A failure is a string that
 * begins with '*', written into data: it is judged before data is wiped. */
static ej_err_t *hash_within(const char **result, apr_pool_t *pool,
                             const char *password, const char *setting)
{
    struct crypt_data *data = apr_pcalloc(pool, sizeof *data);
    const char *made = crypt_r(password, setting, data);
    *result = made && made[0] == '$' ? apr_pstrdup(pool, made) : NULL;
    memset(data, 0, sizeof *data);
    return *result ? NULL : ej_err(pool, "JE500", NULL, "crypt_r refused");
}

/* Hash a password of any length: one that libcrypt does not take is nobody's,
 * at the cost of any other. */
static ej_err_t *hash_by(const char **made, apr_pool_t *pool,
                         const char *password, const char *setting)
{
    int fits = strlen(password) <= EJ_PASSWORD_MOST;
    EJ_TRY(hash_within(made, pool, fits ? password : "", setting));
    if (!fits)
        *made = "*";
    return NULL;
}

ej_err_t *ej_password_compute(const char **made, ej_ctx_t *c,
                              const char *password, const char *setting)
{
    if (!enter())
        return ej_err(c->pool, "JE502", NULL, "hashes");
    ej_err_t *err = hash_by(made, c->pool, password, setting);
    leave();
    return err;
}

ej_err_t *ej_password_hash(const char **made, ej_ctx_t *c, const char *password)
{
    unsigned char salt[16];
    char setting[CRYPT_GENSALT_OUTPUT_SIZE];
    ej_random(salt, sizeof salt);
    if (!crypt_gensalt_rn("$y$", 0, (const char *)salt, sizeof salt, setting,
                          sizeof setting))
        return ej_err(c->pool, "JE500", NULL, "no salt");
    if (!enter())
        return ej_err(c->pool, "JE502", NULL, "hashes");
    ej_err_t *err = hash_within(made, c->pool, password, setting);
    leave();
    return err;
}

const char *ej_code_digests(ej_ctx_t *c, const char *code)
{
    apr_array_header_t *all = apr_array_make(c->pool, 2, sizeof(char *));
    apr_size_t length = strlen(code), one = length % CODE ? length : CODE;
    for (const char *end = code + length; code < end; code += one)
        APR_ARRAY_PUSH(all, const char *) =
            ej_digest_text(c->pool, apr_pstrmemdup(c->pool, code, one));
    return ej_text_array(c->pool, (const char *const *)all->elts, all->nelts);
}

/* -------------------------------------------------------------- cookies -- */

static void set_cookie(request_rec *r, const char *name, const char *value,
                       const char *age)
{
    int secure = ej_server(r->server)->secure == 1;
    const char *base = ej_mount(r)->base;
    apr_table_addn(r->err_headers_out, "Set-Cookie",
                   apr_pstrcat(r->pool, name, "=", value,
                               "; Path=", secure || !*base ? "/" : base,
                               "; HttpOnly; SameSite=Lax",
                               secure ? "; Secure" : "", age, NULL));
}

static const char *new_token(apr_pool_t *pool)
{
    unsigned char bytes[TOKEN_BYTES];
    ej_random(bytes, sizeof bytes);
    return ej_text_hex(pool, bytes, sizeof bytes);
}

/* The browser's own mark, by which it is known again when its neighbours
 * guess; NULL when it has none yet. */
static const char *device(request_rec *r, const char **name)
{
    *name = apr_pstrcat(r->pool, ej_auth_cookie_name(r), "-device", NULL);
    return ej_auth_cookie(r, *name);
}

const char *ej_session_login_token(request_rec *r)
{
    unsigned char sum[EJ_DIGEST];
    const char *name =
        apr_pstrcat(r->pool, ej_auth_cookie_name(r), "-form", NULL);
    const char *own = ej_auth_cookie(r, name);
    if (!own) {
        own = new_token(r->pool);
        set_cookie(r, name, own, "");
    }
    ej_digest_of(sum, own, strlen(own));
    return ej_text_hex(r->pool, sum, 16);
}

/* --------------------------------------------------------------- log-in -- */

typedef struct {
    const char *login, *computed; /* what crypt_r made of the password */
    const char *device;           /* token, or NULL */
    const char *device_name;      /* cookie */
    const char *digest;           /* of the session to open */
} ej_found_t;

static const char *device_digest(request_rec *r, const ej_found_t *found)
{
    return found->device ? ej_digest_text(r->pool, found->device) : NULL;
}

static ej_err_t *wait_for(request_rec *r, int seconds)
{
    ej_err_t *err = ej_err(r->pool, "JE111", NULL, "guesses");
    err->value = apr_itoa(r->pool, seconds);
    return err;
}

static const char *column(const ej_result_t *row, const char *name)
{
    int i = ej_result_column(row, name);
    return i < 0 || !ej_result_rows(row) ? NULL : ej_result_get(row, 0, i);
}

/* JE111 when the database says that one must wait, and remember it. */
static ej_err_t *told(const ej_found_t *found, request_rec *r,
                      const ej_result_t *row)
{
    const char *wait = column(row, "wait_s"), *all = column(row, "is_address");
    if (!wait || atoi(wait) <= 0)
        return NULL;
    int is_all = all && *all == 't';
    if (is_all)
        ej_guess_must_wait(r, NULL, NULL, atoi(wait));
    if (!is_all || found->device)
        ej_guess_must_wait(r, found->login, found->device, atoi(wait));
    return wait_for(r, atoi(wait));
}

/* Ask the counters and how to hash, hash, and have that counted as a guess. */
static ej_err_t *ask(ej_found_t *found, request_rec *r, const char *password)
{
    ej_result_t *row;
    const char *begin[] = {found->login, r->useragent_ip,
                           device_digest(r, found)};
    EJ_TRY(ej_core_query(&row, r, r->pool, "core_login_begin", begin));
    EJ_TRY(told(found, r, row));
    const char *setting = column(row, "setting");
    EJ_TRY(
        hash_by(&found->computed, r->pool, password, setting ? setting : ""));
    const char *try[] = {found->login, found->computed, r->useragent_ip,
                         device_digest(r, found)};
    EJ_TRY(ej_core_query(&row, r, r->pool, "core_login_try", try));
    return told(found, r, row);
}

/* Seconds that this log-in has to wait; then the database is not asked. A
 * device's mark may be let in where its neighbours wait, but anybody can write
 * one: only some are asked about while they do. */
static int seconds_left(const ej_found_t *found, request_rec *r)
{
    int own = ej_guess_wait(r, found->login, found->device);
    int all = own ? 0 : ej_guess_wait(r, NULL, NULL);
    if (!all || (found->device && ej_guess_may_ask()))
        return own;
    return all;
}

/* Errors: JE111 one must wait, also when too many log in at once. */
static ej_err_t *check(ej_found_t *found, request_rec *r, const char *password)
{
    ej_err_t *err;
    found->device = device(r, &found->device_name);
    int seconds = seconds_left(found, r);
    if (!seconds && enter()) {
        err = ask(found, r, password);
        leave();
    }
    else
        err = wait_for(r, seconds ? seconds : 1);
    if (err && !strcmp(err->code, "JE111"))
        ej_guess_slow(r);
    return err;
}

/* Have the guess judged; when it was right a session is open. was is the
 * digest of the one that this browser had. Errors: JE110. */
static ej_err_t *finish(request_rec *r, const ej_found_t *found,
                        const char *was, int is_shared, const char *way)
{
    unsigned char token[16];
    ej_result_t *row;
    ej_random(token, sizeof token);
    const char *values[] = {found->login,
                            found->computed,
                            r->useragent_ip,
                            device_digest(r, found),
                            found->digest,
                            was,
                            ej_text_hex(r->pool, token, sizeof token),
                            is_shared ? "t" : "f",
                            way};
    EJ_TRY(ej_core_query(&row, r, r->pool, "core_login_finish", values));
    return column(row, "account_id") ? NULL
                                     : ej_err(r->pool, "JE110", NULL, NULL);
}

ej_err_t *ej_session_open(ej_ctx_t *c, const char *login, const char *password,
                          int is_shared)
{
    request_rec *r = c->r;
    ej_found_t found = {.login = login};
    EJ_TRY(check(&found, r, password));
    const char *token = new_token(r->pool);
    if (!found.device)
        found.device = new_token(r->pool);
    found.digest = ej_digest_text(r->pool, token);
    EJ_TRY(finish(r, &found, ej_auth_digest(r), is_shared, "form"));
    c->entered = found.digest;
    set_cookie(r, ej_auth_cookie_name(r), token, is_shared ? "" : AGE);
    if (!is_shared)
        set_cookie(r, found.device_name, found.device, "; Max-Age=31536000");
    return NULL;
}

/* Make a new token for a session that a cookie stands for; of another (Basic,
 * another module's) the token is not ours to change. */
void ej_session_renew(ej_ctx_t *c, ej_params_t *p)
{
    int is_cookie = c->auth && !strcmp(c->auth->way, "form");
    c->renewal = is_cookie ? new_token(c->pool) : NULL;
    ej_param_set(p, "session_digest",
                 is_cookie ? ej_digest_text(c->pool, c->renewal) : NULL);
}

void ej_session_renewed(ej_ctx_t *c)
{
    if (c->renewal)
        set_cookie(c->r, ej_auth_cookie_name(c->r), c->renewal,
                   c->auth->is_shared ? "" : AGE);
}

int ej_session_is(ej_ctx_t *c, const char *token)
{
    ej_auth_t *auth = NULL;
    return !ej_auth_ask(&auth, c->r, ej_digest_text(c->pool, token)) && auth;
}

/* ---------------------------------------------------------------- Basic -- */

static void flight_of(unsigned char of[EJ_DIGEST], request_rec *r,
                      const char *login, const char *password)
{
    ej_digest_t *digest = ej_digest_new(r->pool);
    const char *name;
    const char *parts[] = {ej_server(r->server)->secret, r->useragent_ip,
                           device(r, &name), login, password};
    for (int i = 0; i < 5; i++) /* with the NUL between them */
        ej_digest_add(digest, parts[i] ? parts[i] : "",
                      parts[i] ? strlen(parts[i]) + 1 : 1);
    ej_digest_end(digest, of);
}

/* Check, and open the session that stands for this log-in: another one after
 * the password changed, since its hash is part of the digest. */
static ej_err_t *basic_first(ej_found_t *found, request_rec *r,
                             const char *password)
{
    EJ_TRY(check(found, r, password));
    const char *subject =
        apr_pstrcat(r->pool, ej_text_lower(r->pool, found->login), " ",
                    found->computed, NULL);
    found->digest = ej_auth_foreign_digest(r, "Basic", subject);
    return finish(r, found, NULL, 0, "Basic");
}

ej_err_t *ej_session_basic(ej_auth_t **auth, request_rec *r, const char *login,
                           const char *password)
{
    ej_found_t found = {.login = login};
    ej_flight_t flight = {0};
    ej_err_t *err = NULL;
    if (!ej_text_is_clean(login, strlen(login), 0) || strlen(login) > 256)
        return ej_err(r->pool, "JE110", NULL, NULL);
    flight_of(flight.of, r, login, password);
    if (!ej_flight_join(&flight)) {
        err = basic_first(&found, r, password);
        ej_flight_land(&flight, err, found.digest);
    }
    else if (flight.code) {
        err = ej_err(r->pool, flight.code, NULL, "as its twin");
        err->value = *flight.value ? apr_pstrdup(r->pool, flight.value) : NULL;
        if (!strcmp(err->code, "JE111"))
            ej_guess_pace(r);
    }
    return err ? err
               : ej_auth_ask(auth, r, apr_pstrdup(r->pool, flight.digest));
}

ej_err_t *ej_session_close(ej_ctx_t *c)
{
    ej_result_t *none;
    const char *values[] = {c->auth ? c->auth->digest : ej_auth_digest(c->r)};
    if (values[0])
        EJ_TRY(ej_core_query(&none, c->r, c->pool, "core_session_end", values));
    set_cookie(c->r, ej_auth_cookie_name(c->r), "", "; Max-Age=0");
    ej_out_forget(c->r);
    return NULL;
}
