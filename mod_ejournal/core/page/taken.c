/* taken.c: remembers which pupils are named by a page that somebody takes away,
 * as a file or on paper, for the log of access (ej.card_view).
 *
 * Every page is watched alike: a row that names a pupil has a column pupil_id.
 * No feature asks for it, so none can forget it. The page itself is read READ
 * ONLY; the log is written afterwards (record_taken in handle.c), before a byte
 * is sent.
 * Nothing is written for
 *   XML that no program with a key takes (auth/key.c): the scripts of a page
 *     refresh by it what is on the screen
 *   a certified copy, which has a register of its own (page/freeze.c)
 *   a page of one pupil, which is no list
 *   a family, which reads only of its own children (ej.list_opened)
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/taken.h"

#include <apr_strings.h>

void ej_taken_begin(ej_ctx_t *c)
{
    c->taken = apr_hash_make(c->run);
    c->is_once = 1; /* may be repeated: a second row in the log does no harm */
}

void ej_taken_add(ej_ctx_t *c, const ej_result_t *rows)
{
    int column = c->taken ? ej_result_column(rows, "pupil_id") : -1;
    if (column < 0)
        return;
    for (int i = 0; i < ej_result_rows(rows); i++) {
        const char *id = ej_result_get(rows, i, column);
        if (!id || apr_hash_get(c->taken, id, APR_HASH_KEY_STRING))
            continue;
        id = apr_pstrdup(apr_hash_pool_get(c->taken), id);
        apr_hash_set(c->taken, id, APR_HASH_KEY_STRING, id);
    }
}

const char *ej_taken_ids(const ej_ctx_t *c)
{
    apr_pool_t *pool = c->pool;
    apr_hash_t *taken = c->taken;
    if (!taken || apr_hash_count(taken) < 2 || c->frozen)
        return NULL;
    apr_array_header_t *ids =
        apr_array_make(pool, (int)apr_hash_count(taken), sizeof(char *));
    for (apr_hash_index_t *i = apr_hash_first(pool, taken); i;
         i = apr_hash_next(i))
        APR_ARRAY_PUSH(ids, const char *) = apr_hash_this_key(i);
    return apr_pstrcat(pool, "{", apr_array_pstrcat(pool, ids, ','), "}", NULL);
}
