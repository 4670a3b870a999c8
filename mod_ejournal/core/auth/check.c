/* check.c: password checks of Basic: equal requests in one child share one, and
 * a right password is remembered for a minute.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "auth/check.h"

#include <apr_thread_cond.h>
#include <apr_thread_mutex.h>

#include "text/clock.h"

#define KEPT 256 /* right passwords; a slot is overwritten by another key */
#define KEEP apr_time_from_sec(60)

static struct {
    apr_thread_mutex_t *mutex;
    apr_thread_cond_t *finished;
    ej_check_t *first;
    struct {
        unsigned char key[EJ_DIGEST];
        char digest[EJ_CHECK_DIGEST];
        apr_time_t until;
    } kept[KEPT];
} checks; /* written before the threads start, then under mutex */

void ej_check_child(apr_pool_t *pchild)
{
    apr_thread_mutex_create(&checks.mutex, APR_THREAD_MUTEX_DEFAULT, pchild);
    apr_thread_cond_create(&checks.finished, pchild);
}

const char *ej_check_kept(apr_pool_t *pool, const unsigned char key[EJ_DIGEST])
{
    const char *digest = NULL;
    apr_thread_mutex_lock(checks.mutex);
    if (!memcmp(checks.kept[key[0]].key, key, EJ_DIGEST) &&
        checks.kept[key[0]].until > ej_clock())
        digest = apr_pstrdup(pool, checks.kept[key[0]].digest);
    apr_thread_mutex_unlock(checks.mutex);
    return digest;
}

int ej_check_join(ej_check_t *mine)
{
    ej_check_t *found;
    apr_thread_mutex_lock(checks.mutex);
    for (found = checks.first;
         found && memcmp(found->key, mine->key, EJ_DIGEST);)
        found = found->next;
    if (found) {
        found->readers++;
        while (!found->is_over)
            apr_thread_cond_wait(checks.finished, checks.mutex);
        mine->code = found->code;
        memcpy(mine->value, found->value, sizeof mine->value);
        memcpy(mine->digest, found->digest, sizeof mine->digest);
        found->readers--;
        apr_thread_cond_broadcast(checks.finished);
    }
    else {
        mine->next = checks.first;
        checks.first = mine;
    }
    apr_thread_mutex_unlock(checks.mutex);
    return found != NULL;
}

void ej_check_finish(ej_check_t *mine, const ej_err_t *err, const char *digest)
{
    ej_check_t **link = &checks.first;
    apr_thread_mutex_lock(checks.mutex);
    while (*link != mine)
        link = &(*link)->next;
    *link = mine->next;
    mine->code = err ? err->code : EJ_OK;
    apr_cpystrn(mine->value, err && err->value ? err->value : "",
                sizeof mine->value);
    apr_cpystrn(mine->digest, digest ? digest : "", sizeof mine->digest);
    if (!err) {
        memcpy(checks.kept[mine->key[0]].key, mine->key, EJ_DIGEST);
        memcpy(checks.kept[mine->key[0]].digest, mine->digest,
               sizeof mine->digest);
        checks.kept[mine->key[0]].until = ej_clock() + KEEP;
    }
    mine->is_over = 1;
    apr_thread_cond_broadcast(checks.finished);
    while (mine->readers)
        apr_thread_cond_wait(checks.finished, checks.mutex);
    apr_thread_mutex_unlock(checks.mutex);
}
