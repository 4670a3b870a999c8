/* passwords.c: which passwords are taken. The common ones are data: a file that
 * is read and checked at configtest.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ctx.h"

#define LEAST 8 /* characters */
#define BLANKS " \t\r\n"

static const char *take(apr_hash_t *passwords, apr_pool_t *pool,
                        const char *word);

const char *ej_passwords_load(apr_hash_t **passwords, apr_pool_t *pool,
                              apr_pool_t *ptemp, const char *file)
{
    const char *text, *wrong, *unfit = NULL;
    apr_size_t length;
    int n = 0;
    if ((wrong = ej_file_read(&text, &length, pool, ptemp, file)))
        return wrong;
    if (memchr(text, '\0', length) || !ej_text_is_clean(text, length, 1))
        return apr_psprintf(pool, "%s: not clean UTF-8", file);

    *passwords = apr_hash_make(pool);
    char *rest = apr_pstrmemdup(pool, text, length);
    while (!unfit && *rest) {
        char *line = rest, *word;
        n++;
        rest += strcspn(rest, "\n");
        if (*rest)
            *rest++ = '\0';
        if (*line == '#')
            continue;
        for (char *next; !unfit && (word = apr_strtok(line, BLANKS, &next));
             line = NULL)
            unfit = take(*passwords, pool, word);
    }
    if (!unfit && !apr_hash_count(*passwords))
        unfit = "no password in it";
    return unfit ? apr_psprintf(pool, "%s:%d: %s", file, n, unfit) : NULL;
}

/* What could never match is a mistake of whoever wrote the file. */
static const char *take(apr_hash_t *passwords, apr_pool_t *pool,
                        const char *word)
{
    if (ej_text_length(word) < LEAST)
        return apr_psprintf(pool, "%s is shorter than %d characters", word,
                            LEAST);
    if (strcmp(word, ej_text_lower(pool, word)) != 0)
        return apr_pstrcat(pool, word, " is not in lower case", NULL);
    if (apr_hash_get(passwords, word, APR_HASH_KEY_STRING))
        return apr_pstrcat(pool, word, " is there already", NULL);
    apr_hash_set(passwords, word, APR_HASH_KEY_STRING, word);
    return NULL;
}

ej_err_t *ej_password_check(ej_ctx_t *c, const char *field,
                            const char *password, const char *login)
{
    const char *lower = ej_text_lower(c->pool, password);
    if (strlen(password) > EJ_PASSWORD_MOST)
        return ej_err(c->pool, "JE121", field, NULL);
    int is_wrong =
        ej_text_length(password) < LEAST
        || (login && !strcmp(ej_text_lower(c->pool, login), lower))
        || apr_hash_get(c->conf->passwords, lower, APR_HASH_KEY_STRING);
    return is_wrong ? ej_err(c->pool, "JE114", field, NULL) : NULL;
}

/* What a parent can say on the telephone: no blank, no quotation mark, no
 * letter that looks like nothing. Russian ones are those of the alphabet. */
static int is_login(const char *login)
{
    apr_size_t length = ej_text_length(login);
    if (length < 3 || length > 64)
        return 0;
    for (const unsigned char *s = (const unsigned char *)login; *s; s++) {
        if (*s == 0xd0 || *s == 0xd1) {
            int is_yo = *s == 0xd0 ? s[1] == 0x81 : s[1] == 0x91;
            int is_rest = *s == 0xd0 ? s[1] >= 0x90 : s[1] <= 0x8f;
            if (!is_yo && !is_rest)
                return 0;
            s++;
        } else if (*s >= 0x80
                   || !strchr("abcdefghijklmnopqrstuvwxyz"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-@",
                              *s))
            return 0;
    }
    return 1;
}

ej_err_t *ej_login_check(ej_ctx_t *c, const char *field, const char *login)
{
    return is_login(login) ? NULL : ej_err(c->pool, "JE122", field, NULL);
}
