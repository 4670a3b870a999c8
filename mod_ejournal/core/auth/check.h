/* check.h: password checks of Basic, shared by equal requests.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_CHECK_H
#define EJ_CHECK_H

#include "conf/digest.h"
#include "ej.h"

#define EJ_CHECK_DIGEST (2 * EJ_DIGEST + 3) /* bytes of a digest's text, \x… */

/* One password check. A program often sends several requests at once with the
 * same password: the first of them makes the check, the others in this child
 * wait and copy its result.
 * Lives: on the stack of the request that made the check, until every waiting
 * request has copied the result. */
typedef struct ej_check_t {
    struct ej_check_t *next;
    unsigned char key[EJ_DIGEST]; /* equal for equal requests */
    int is_over, readers;
    ej_code_t code;               /* EJ_OK: the password was right */
    char value[16];               /* the error's value */
    char digest[EJ_CHECK_DIGEST]; /* of the session */
} ej_check_t;
/* Make this child's list of checks, before its threads start. */
void ej_check_child(apr_pool_t *pchild);
/* The digest of the session that a check with this key opened within the last
 * minute, copied into pool; NULL without one. The session may have ended since:
 * the database is asked at every request. */
const char *ej_check_kept(apr_pool_t *pool, const unsigned char key[EJ_DIGEST]);
/* Wait for a check with the same key, copy its result into mine, return 1.
 * Return 0 when there is none: the caller then makes the check itself and calls
 * ej_check_finish. */
int ej_check_join(ej_check_t *mine);
/* Set the result of a check and wait until all waiting requests copied it. */
void ej_check_finish(ej_check_t *mine, const ej_err_t *err, const char *digest);

#endif
