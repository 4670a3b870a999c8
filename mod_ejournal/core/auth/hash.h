/* hash.h: hashes of passwords.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_HASH_H
#define EJ_HASH_H

#include "ej.h"

/* Make the places for hashing of this child, before its threads start. */
void ej_hash_child(apr_pool_t *pchild);
/* Take one of the places for hashing; 0 when there is none in time. */
int ej_hash_enter(void);
/* Give the place back. */
void ej_hash_leave(void);
/* Hash by the method and salt of setting, within a place that was taken. A
 * password that libcrypt does not take is nobody's, at the cost of any other.
 */
ej_err_t *ej_hash_within(const char **made, apr_pool_t *pool,
                         const char *password, const char *setting);

#endif
