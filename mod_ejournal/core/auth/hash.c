/* hash.c: hashes passwords; the only file that uses libcrypt.
 *
 * The number of hashes made at once is bounded: a hash takes some 25 ms of a
 * core, so a flood of guesses could otherwise take all processors.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "auth/hash.h"

#include <crypt.h>

#include "conf/digest.h"
#include "conf/passwords.h"
#include "text/turns.h"

#if EJ_PASSWORD_MOST >= CRYPT_MAX_PASSPHRASE_SIZE
#error "libcrypt takes no password as long as that"
#endif

#define HASHES 2  /* at once, per child */
#define WAITING 6 /* requests that wait for a place; more are refused */
#define PATIENCE apr_time_from_sec(3)

static ej_turns_t hashing; /* written before the threads start */

void ej_hash_child(apr_pool_t *pchild)
{
    ej_turns_make(&hashing, HASHES, WAITING, pchild);
}

int ej_hash_enter(void)
{
    return ej_turns_take(&hashing, 0, PATIENCE);
}

void ej_hash_leave(void)
{
    ej_turns_give(&hashing);
}

/* Run crypt_r; the caller holds a hashing place. On failure crypt_r returns a
 * string in data that begins with '*', so test it before data is wiped. */
static ej_err_t *crypt_within(const char **result, apr_pool_t *pool,
                              const char *password, const char *setting)
{
    struct crypt_data *data = apr_pcalloc(pool, sizeof *data);
    const char *made = crypt_r(password, setting, data);
    *result = made && made[0] == '$' ? apr_pstrdup(pool, made) : NULL;
    memset(data, 0, sizeof *data);
    return *result ? NULL : ej_err(pool, JE500, NULL, "crypt_r refused");
}

ej_err_t *ej_hash_within(const char **made, apr_pool_t *pool,
                         const char *password, const char *setting)
{
    int fits = strlen(password) <= EJ_PASSWORD_MOST;
    EJ_TRY(crypt_within(made, pool, fits ? password : "", setting));
    if (!fits)
        *made = "*";
    return NULL;
}

ej_err_t *ej_hash_like(const char **made, apr_pool_t *pool,
                       const char *password, const char *setting)
{
    if (!ej_hash_enter())
        return ej_err(pool, JE502, NULL, "hashes");
    ej_err_t *err = ej_hash_within(made, pool, password, setting);
    ej_hash_leave();
    return err;
}

ej_err_t *ej_hash_new(const char **made, apr_pool_t *pool, const char *password)
{
    unsigned char salt[16];
    char setting[CRYPT_GENSALT_OUTPUT_SIZE];
    ej_digest_random(salt, sizeof salt);
    if (!crypt_gensalt_rn("$y$", 0, (const char *)salt, sizeof salt, setting,
                          sizeof setting))
        return ej_err(pool, JE500, NULL, "no salt");
    if (!ej_hash_enter())
        return ej_err(pool, JE502, NULL, "hashes");
    ej_err_t *err = crypt_within(made, pool, password, setting);
    ej_hash_leave();
    return err;
}
