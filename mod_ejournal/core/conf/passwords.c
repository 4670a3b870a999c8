/* passwords.c: checks new passwords and log-ins. The list of common passwords
 * is a file, read and checked at configtest.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "conf/passwords.h"

#include <apr_hash.h>
#include <apr_lib.h>

#include "conf/file.h"
#include "text/text.h"

#define LEAST 8 /* characters of a password */
#define STEM 3  /* least characters of a word between digits */
#define UNIT 4  /* most characters of a unit that is repeated: 12341234 */
#define RUN 3   /* least keys side by side that count as a run: qwe */
#define BLANKS " \t\r\n"

struct ej_passwords_t {
    apr_hash_t *words;        /* the words of the file */
    apr_hash_t *stems;        /* the words without the digits around them */
    apr_array_header_t *rows; /* const char *: the keys of a keyboard's row */
};

static const char *add_word(ej_passwords_t *passwords, apr_pool_t *pool,
                            const char *word);

const char *ej_passwords_load(ej_passwords_t **made, apr_pool_t *pool,
                              apr_pool_t *ptemp, const char *file)
{
    const char *text, *wrong, *unfit = NULL;
    apr_size_t length;
    int n = 0;
    if ((wrong = ej_file_read(&text, &length, pool, ptemp, file)))
        return wrong;
    if (memchr(text, '\0', length) || !ej_text_is_clean(text, length, 1))
        return apr_psprintf(pool, "%s: not clean UTF-8", file);

    ej_passwords_t *passwords = apr_palloc(pool, sizeof *passwords);
    passwords->words = apr_hash_make(pool);
    passwords->stems = apr_hash_make(pool);
    passwords->rows = apr_array_make(pool, 16, sizeof(char *));
    char *rest = apr_pstrmemdup(pool, text, length);
    while (!unfit && *rest) {
        char *line = rest, *word;
        int is_row = *line == '=';
        n++;
        rest += strcspn(rest, "\n");
        if (*rest)
            *rest++ = '\0';
        if (*line == '#')
            continue;
        line += is_row;
        for (char *next; !unfit && (word = apr_strtok(line, BLANKS, &next));
             line = NULL)
            if (is_row)
                APR_ARRAY_PUSH(passwords->rows, const char *) = word;
            else
                unfit = add_word(passwords, pool, word);
    }
    if (!unfit && !apr_hash_count(passwords->words))
        unfit = "no password in it";
    *made = passwords;
    return unfit ? apr_psprintf(pool, "%s:%d: %s", file, n, unfit) : NULL;
}

/* The word without the digits and signs around it, which a guesser tries first:
 * "2007kim!" is kim. */
static const char *stem(apr_pool_t *pool, const char *word)
{
    static const char *const around = "0123456789 .,!?-_@#$*+";
    word += strspn(word, around);
    apr_size_t length = strlen(word);
    while (length && strchr(around, word[length - 1]))
        length--;
    return apr_pstrmemdup(pool, word, length);
}

/* Add a word of the file. Returns NULL, or why the word could never match a
 * password: then the file has a mistake. */
static const char *add_word(ej_passwords_t *passwords, apr_pool_t *pool,
                            const char *word)
{
    if (ej_text_length(word) < LEAST)
        return apr_psprintf(pool, "%s is shorter than %d characters", word,
                            LEAST);
    if (strcmp(word, ej_text_lower(pool, word)) != 0)
        return apr_pstrcat(pool, word, " is not in lower case", NULL);
    if (apr_hash_get(passwords->words, word, APR_HASH_KEY_STRING))
        return apr_pstrcat(pool, word, " is there already", NULL);
    apr_hash_set(passwords->words, word, APR_HASH_KEY_STRING, word);
    const char *bare = stem(pool, word);
    if (ej_text_length(bare) >= STEM)
        apr_hash_set(passwords->stems, bare, APR_HASH_KEY_STRING, bare);
    return NULL;
}

/* The bytes of the character at s; 1 for a byte that is not UTF-8. */
static apr_size_t char_size(const char *s)
{
    apr_size_t n = 1;
    if ((unsigned char)*s >= 0xc0)
        while (((unsigned char)s[n] & 0xc0) == 0x80)
            n++;
    return n;
}

/* Whether a password is a unit of one to four characters again and again:
 * aaaaaaaa, 12341234. */
static int is_repeated(const char *s)
{
    apr_size_t length = strlen(s), unit = 0;
    for (int i = 0; i < UNIT && s[unit]; i++) {
        unit += char_size(s + unit);
        if (unit < length && !strncmp(s, s + unit, length - unit))
            return 1;
    }
    return 0;
}

/* Count the characters at s that are side by side in a keyboard row, forward or
 * backward. Sets *bytes to their length. */
static int run_length(apr_size_t *bytes, const char *s, const char *row)
{
    int best = 0;
    *bytes = 0;
    for (int back = 0; back < 2; back++) {
        apr_size_t size = char_size(s), length = 0;
        const char *at = row;
        while (*at && (char_size(at) != size || strncmp(at, s, size)))
            at += char_size(at);
        int n = 0;
        while (*at && s[length] && char_size(s + length) == char_size(at) &&
               !strncmp(s + length, at, char_size(at))) {
            length += char_size(at);
            n++;
            if (!back)
                at += char_size(at);
            else if (at == row)
                break;
            else
                do
                    at--;
                while (((unsigned char)*at & 0xc0) == 0x80);
        }
        if (n > best) {
            best = n;
            *bytes = length;
        }
    }
    return best;
}

/* Whether a password is only runs of keys side by side: qwertyasdf, 123qweasd,
 * 4321rewq. */
static int is_runs(const ej_passwords_t *passwords, const char *s)
{
    while (*s) {
        int best = 0;
        apr_size_t length = 0, bytes;
        for (int i = 0; i < passwords->rows->nelts; i++) {
            int n = run_length(&bytes, s,
                               APR_ARRAY_IDX(passwords->rows, i, const char *));
            if (n > best) {
                best = n;
                length = bytes;
            }
        }
        if (best < RUN)
            return 0;
        s += length;
    }
    return 1;
}

/* Whether a password, without all occurrences of the log-in (or of the log-in's
 * stem: kim of kim2007), is too short. */
static int is_of_login(apr_pool_t *pool, const char *lower, const char *login)
{
    const char *own = ej_text_lower(pool, login), *bare = stem(pool, own);
    const char *word = ej_text_length(bare) >= STEM ? bare : own;
    apr_size_t length = strlen(word), found = 0;
    for (const char *at = lower; (at = strstr(at, word)) != NULL; at += length)
        found += ej_text_length(word);
    return found && ej_text_length(lower) - found < LEAST;
}

ej_err_t *ej_passwords_check(const ej_passwords_t *passwords, apr_pool_t *pool,
                             const char *field, const char *password,
                             const char *login)
{
    const char *lower = ej_text_lower(pool, password);
    if (strlen(password) > EJ_PASSWORD_MOST)
        return ej_err(pool, JE121, field, NULL);
    if (ej_text_length(password) >= LEAST && login &&
        is_of_login(pool, lower, login))
        return ej_err(pool, JE126, field, NULL);
    int is_wrong = ej_text_length(password) < LEAST ||
                   apr_hash_get(passwords->words, lower, APR_HASH_KEY_STRING) ||
                   apr_hash_get(passwords->stems, stem(pool, lower),
                                APR_HASH_KEY_STRING) ||
                   is_repeated(lower) || is_runs(passwords, lower);
    return is_wrong ? ej_err(pool, JE114, field, NULL) : NULL;
}

/* Whether a text can be a log-in: 3 to 64 characters that a parent can spell
 * out on the telephone (Latin and Russian letters, digits, . _ - @). Sets
 * *scripts: 1 it has Latin letters, 2 Russian ones, 3 both. */
static int is_login(const char *login, int *scripts)
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
            *scripts |= 2;
            s++;
        }
        else if (*s >= 0x80 ||
                 !strchr("abcdefghijklmnopqrstuvwxyz"
                         "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-@",
                         *s))
            return 0;
        else if (apr_isalpha(*s))
            *scripts |= 1;
    }
    return 1;
}

ej_err_t *ej_passwords_login_check(apr_pool_t *pool, const char *field,
                                   const char *login)
{
    int scripts = 0;
    if (!is_login(login, &scripts))
        return ej_err(pool, JE122, field, NULL);
    return scripts == 3 ? ej_err(pool, JE125, field, NULL) : NULL;
}
