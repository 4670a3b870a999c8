/* parse.c: parses numbers, paths and forms. Pure, and all of it fuzzed.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "text/day.h"
#include "text/parse.h"
#include "text/text.h"

#define PATH_NAMES 8 /* {names} of one route */

/* ------------------------------------------------------------- numbers -- */

int ej_parse_id(ej_id_t *id, const char *s, apr_size_t length)
{
    ej_id_t made = 0;
    if (!length || s[0] == '0')
        return 0;
    for (apr_size_t i = 0; i < length; i++) {
        int digit = s[i] - '0';
        if (digit < 0 || digit > 9 || made > (APR_INT64_MAX - digit) / 10)
            return 0;
        made = made * 10 + digit;
    }
    *id = made;
    return 1;
}

int ej_parse_number(int *number, const char *s, int min, int max)
{
    apr_int64_t made = 0;
    int is_negative = *s == '-';
    const char *digit = s + is_negative;
    if (!*digit || strlen(digit) > 10)
        return 0;
    for (; *digit; digit++) {
        if (*digit < '0' || *digit > '9')
            return 0;
        made = made * 10 + (*digit - '0');
    }
    if (is_negative)
        made = -made;
    if (made < min || made > max)
        return 0;
    *number = (int)made;
    return 1;
}

int ej_parse_decimal(const char **number, apr_pool_t *pool, const char *s,
                     int min, int max, int digits)
{
    apr_int64_t scale = 1, made = 0;
    const char *whole = s + (*s == '-');
    apr_size_t of_whole = strspn(whole, "0123456789");
    const char *point = whole + of_whole;
    const char *part = point + (*point == ',' || *point == '.');
    apr_size_t of_part = strspn(part, "0123456789");
    if (!of_whole || part[of_part] || (part > point && !of_part) ||
        of_part > (apr_size_t)digits || of_whole + of_part > 15)
        return 0;
    for (const char *c = whole; *c; c++)
        if (c != point)
            made = made * 10 + (*c - '0');
    for (apr_size_t i = 0; i < of_part; i++)
        scale *= 10;
    if (*s == '-')
        made = -made;
    if (made < min * scale || made > max * scale)
        return 0;
    char *plain = apr_pstrdup(pool, s);
    if (part > point)
        plain[point - s] = '.';
    *number = plain;
    return 1;
}

/* --------------------------------------------------------------- paths -- */

static int is_value(const char *name, const char *value);
static const char *segment(apr_pool_t *pool, const char **path);

int ej_parse_path(apr_pool_t *pool, const char *pattern, const char *path,
                  apr_table_t *params)
{
    const char *names[PATH_NAMES], *values[PATH_NAMES];
    int n = 0;
    if (*pattern != '/' || *path != '/')
        return 0;
    while (*pattern && *path) {
        const char *wanted = segment(pool, &pattern);
        const char *found = segment(pool, &path);
        apr_size_t length = strlen(wanted);
        if (length < 3 || wanted[0] != '{' || wanted[length - 1] != '}') {
            if (strcmp(wanted, found) != 0)
                return 0;
            continue;
        }
        if (n == PATH_NAMES)
            return 0;
        names[n] = apr_pstrmemdup(pool, wanted + 1, length - 2);
        values[n] = found;
        if (!is_value(names[n], found))
            return 0;
        n++;
    }
    if (*pattern || *path)
        return 0;
    for (int i = 0; params && i < n; i++)
        apr_table_setn(params, names[i], values[i]);
    return 1;
}

/* The text between this slash and the next; *path moves to the next. */
static const char *segment(apr_pool_t *pool, const char **path)
{
    const char *start = *path + 1;
    *path = start + strcspn(start, "/");
    return apr_pstrmemdup(pool, start, (apr_size_t)(*path - start));
}

static int is_value(const char *name, const char *value)
{
    const char *suffix = strrchr(name, '_');
    apr_size_t length = strlen(value);
    ej_id_t id;
    if (!suffix)
        return 0;
    if (strcmp(suffix, "_id") == 0)
        return ej_parse_id(&id, value, length);
    if (strcmp(suffix, "_on") == 0)
        return ej_day_is(value);
    if (strcmp(suffix, "_word") == 0)
        return length >= 1 && length <= 32 &&
               strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                             "abcdefghijklmnopqrstuvwxyz") == length;
    return strcmp(suffix, "_key") == 0 && length >= 1 && length <= 32 &&
           strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

/* --------------------------------------------------------------- forms -- */

static char *decode(apr_size_t *length, apr_pool_t *pool, const char *s,
                    const char *end);
static int hex(char c);

ej_code_t ej_parse_form(apr_pool_t *pool, const char *body, apr_size_t length,
                        int max, apr_table_t *table)
{
    const char *end = body + length;
    int n = 0;
    while (body < end) {
        const char *stop = memchr(body, '&', (apr_size_t)(end - body));
        if (!stop)
            stop = end;
        if (stop > body) {
            const char *equals = memchr(body, '=', (apr_size_t)(stop - body));
            apr_size_t of_name, of_value;
            if (++n > max)
                return JE107;
            char *name = decode(&of_name, pool, body, equals ? equals : stop);
            char *value =
                decode(&of_value, pool, equals ? equals + 1 : stop, stop);
            if (!name || !value || memchr(name, '\0', of_name) ||
                !ej_text_is_clean(name, of_name, 0))
                return JE100;
            for (char *nul; (nul = memchr(value, '\0', of_value)) != NULL;)
                *nul = EJ_FORM_NUL;
            apr_table_addn(table, name, value);
        }
        body = stop < end ? stop + 1 : end;
    }
    return EJ_OK;
}

/* Decode + and %XX of a text; NULL for an incomplete escape. */
static char *decode(apr_size_t *length, apr_pool_t *pool, const char *s,
                    const char *end)
{
    char *made = apr_palloc(pool, (apr_size_t)(end - s) + 1), *to = made;
    for (; s < end; s++) {
        if (*s == '+')
            *to++ = ' ';
        else if (*s != '%')
            *to++ = *s;
        else {
            if (end - s < 3 || hex(s[1]) < 0 || hex(s[2]) < 0)
                return NULL;
            *to++ = (char)(hex(s[1]) << 4 | hex(s[2]));
            s += 2;
        }
    }
    *to = '\0';
    *length = (apr_size_t)(to - made);
    return made;
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}
