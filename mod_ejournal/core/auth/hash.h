/* hash.h: hashes of passwords.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_HASH_H
#define EJ_HASH_H

#include "ej.h"

/* Make this child's hashing places, before its threads start. */
void ej_hash_child(apr_pool_t *pchild);
/* Take a hashing place; 0 when none becomes free in time. */
int ej_hash_enter(void);
/* Give the place back. */
void ej_hash_leave(void);
/* Hash a password by the method and salt of setting; the caller holds a hashing
 * place. The hash of a password too long for libcrypt is "*", which equals no
 * account's; it takes as long as any other. */
ej_err_t *ej_hash_within(const char **made, apr_pool_t *pool,
                         const char *password, const char *setting);

#endif
