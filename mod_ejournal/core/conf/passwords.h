/* passwords.h: checks new passwords and log-ins.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_PASSWORDS_H
#define EJ_PASSWORDS_H

#include "ej.h"

typedef struct ej_passwords_t ej_passwords_t;
#define EJ_PASSWORD_MOST 511 /* bytes; the limit of libcrypt */
/* Read the list of common passwords; NULL or the line to show at configtest. */
const char *ej_passwords_load(ej_passwords_t **passwords, apr_pool_t *pool,
                              apr_pool_t *ptemp, const char *file);

/* JE114 for a password of fewer than 8 characters or one easily guessed; JE121
 * for one that is too long; JE126 for one that is little but the log-in, which
 * may be NULL. */
ej_err_t *ej_passwords_check(const ej_passwords_t *passwords, apr_pool_t *pool,
                             const char *field, const char *password,
                             const char *login);

#endif
