/* text.c: functions on UTF-8 texts.
 *
 * ej_text_is_clean accepts exactly the texts of the domains ej.line and
 * ej.prose. SPDX-License-Identifier: Apache-2.0
 */
#include "text/text.h"

static apr_size_t code_point(apr_uint32_t *code, const unsigned char *s,
                             apr_size_t length);
static int is_kept(apr_uint32_t code, int lines);
static apr_size_t blank(const char *s, apr_size_t length);
static apr_size_t blank_before(const char *s, apr_size_t length);

int ej_text_is_clean(const char *s, apr_size_t length, int lines)
{
    const unsigned char *byte = (const unsigned char *)s;
    while (length) {
        apr_uint32_t code;
        apr_size_t size = code_point(&code, byte, length);
        if (!size || !is_kept(code, lines))
            return 0;
        byte += size;
        length -= size;
    }
    return 1;
}

int ej_text_is_utf8(apr_pool_t *pool, const char *s, apr_size_t length)
{
    char *plain = apr_pstrmemdup(pool, s, length);
    for (char *at = plain; *at; at++)
        if ((unsigned char)*at < ' ')
            *at = ' ';
    return ej_text_is_clean(plain, length, 1);
}

/* Set *code to the first character and return its size in bytes; 0 when it is
 * not UTF-8: incomplete, overlong, a surrogate or beyond U+10FFFF. */
static apr_size_t code_point(apr_uint32_t *code, const unsigned char *s,
                             apr_size_t length)
{
    static const apr_uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    apr_size_t size = s[0] < 0x80             ? 1
                      : (s[0] & 0xe0) == 0xc0 ? 2
                      : (s[0] & 0xf0) == 0xe0 ? 3
                      : (s[0] & 0xf8) == 0xf0 ? 4
                                              : 0;
    if (!size || size > length)
        return 0;
    *code = size == 1 ? s[0] : s[0] & (0x7fu >> size);
    for (apr_size_t i = 1; i < size; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return 0;
        *code = *code << 6 | (s[i] & 0x3f);
    }
    if (*code < least[size] || *code > 0x10ffff ||
        (*code >= 0xd800 && *code <= 0xdfff))
        return 0;
    return size;
}

static int is_kept(apr_uint32_t code, int lines)
{
    if (code < 0x20)
        return lines && (code == '\t' || code == '\n' || code == '\r');
    return code != 0x7f && code != 0xfffe && code != 0xffff;
}

/* A Russian letter has two bytes: capitals U+0410 to U+042F are D0 90 to D0 AF,
 * the small ones D0 B0 to D0 BF and D1 80 to D1 8F; U+0401 is D0 81, its small
 * letter D1 91. */
char *ej_text_lower(apr_pool_t *pool, const char *s)
{
    char *made = apr_pstrdup(pool, s);
    for (unsigned char *c = (unsigned char *)made; *c; c++) {
        if (*c >= 'A' && *c <= 'Z')
            *c += 'a' - 'A';
        if (*c != 0xd0 || !c[1])
            continue;
        int moved = c[1] == 0x81 || (c[1] >= 0xa0 && c[1] <= 0xaf);
        c[0] += moved;
        if (moved)
            c[1] += c[1] == 0x81 ? 0x10 : -0x20;
        else if (c[1] >= 0x90 && c[1] <= 0x9f)
            c[1] += 0x20;
        c++;
    }
    return made;
}

/* The next character of clean UTF-8; moves *s past it. */
static unsigned next(const unsigned char **s)
{
    unsigned c = *(*s)++;
    int more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;
    if (more)
        c &= 0x3fu >> more;
    while (more--)
        c = c << 6 | (*(*s)++ & 0x3fu);
    return c;
}

/* The character of a code that a typed character stands for; 0 for none. */
static char code_sign(unsigned c)
{
    /* by letter from U+0430 on; U+0451 counts as U+0435 */
    static const char russian[] = "A68??E?3??K?MH0?PCTY?X?4????????";
    /* by letter a to z; letters that look alike become the same character */
    static const char latin[] = "A8C0EF6H1JK1MN0P0R5TUVWXY2";
    if (c >= 0xff01 && c <= 0xff5e) /* wide */
        c -= 0xfee0;
    if (c >= '0' && c <= '9')
        return (char)c;
    if (c >= 'a' && c <= 'z')
        return latin[c - 'a'];
    if (c >= 'A' && c <= 'Z')
        return latin[c - 'A'];
    if (c >= 0x430 && c <= 0x44f)
        return russian[c - 0x430];
    return c == 0x451 ? 'E' : c == 0x456 ? '1' : 0;
}

char *ej_text_code(apr_pool_t *pool, const char *s)
{
    char *made = ej_text_lower(pool, s), *to = made;
    const unsigned char *from = (const unsigned char *)made;
    while (*from) {
        char sign = code_sign(next(&from));
        if (sign)
            *to++ = sign; /* writing never overtakes reading */
    }
    *to = '\0';
    return made;
}

apr_size_t ej_text_length(const char *s)
{
    apr_size_t n = 0;
    for (; *s; s++)
        if (((unsigned char)*s & 0xc0) != 0x80)
            n++;
    return n;
}

char *ej_text_trim(apr_pool_t *pool, const char *s)
{
    apr_size_t length = strlen(s), n;
    while ((n = blank(s, length)) > 0) {
        s += n;
        length -= n;
    }
    while ((n = blank_before(s, length)) > 0)
        length -= n;

    char *made = apr_palloc(pool, length + 1), *to = made;
    for (apr_size_t i = 0; i < length; i++) {
        if (s[i] != '\r')
            *to++ = s[i];
        else if (i + 1 == length || s[i + 1] != '\n')
            *to++ = '\n';
    }
    *to = '\0';
    return made;
}

/* The size of the blank at s: space, TAB, line break, U+00A0 (pasted from a
 * page or a word processor) or U+200B (from a table of csv.c); 0 without one.
 */
static apr_size_t blank(const char *s, apr_size_t length)
{
    if (length && *s && strchr(" \t\n\r", *s))
        return 1;
    if (length > 1 && !memcmp(s, "\xc2\xa0", 2))
        return 2;
    return length > 2 && !memcmp(s, "\xe2\x80\x8b", 3) ? 3 : 0;
}

static apr_size_t blank_before(const char *s, apr_size_t length)
{
    for (apr_size_t n = 1; n <= 3 && n <= length; n++)
        if (blank(s + length - n, n) == n)
            return n;
    return 0;
}

/* Size of "http://" or "https://" at the start, else 0. */
static apr_size_t scheme(const char *s)
{
    return !strncmp(s, "http://", 7) ? 7 : !strncmp(s, "https://", 8) ? 8 : 0;
}

/* Size of the mark that ends a sentence or its quotation, else 0. */
static apr_size_t mark_before(const char *s, apr_size_t length)
{
    if (length && strchr(".,;:!?\"", s[length - 1]))
        return 1;
    if (length > 1 && !memcmp(s + length - 2, "»", 2))
        return 2;
    return length > 2 && !memcmp(s + length - 3, "”", 3) ? 3 : 0;
}

/* The length of the web address in a word of this length, without the
 * punctuation of the sentence behind it. */
static apr_size_t address(const char *s, apr_size_t length)
{
    apr_size_t n;
    int unopened = 0; /* brackets closed less those opened */
    for (apr_size_t i = 0; i < length; i++)
        unopened += (s[i] == ')') - (s[i] == '(');
    while (length) {
        n = mark_before(s, length);
        if (!n && s[length - 1] == ')' && unopened-- > 0)
            n = 1;
        if (!n)
            break;
        length -= n;
    }
    return length;
}

const char *ej_text_link(const char *s, apr_size_t *length)
{
    for (; (s = strstr(s, "http")) != NULL; s++) {
        apr_size_t from = scheme(s), to = from;
        if (!from)
            continue;
        while (s[to] && !blank(s + to, strnlen(s + to, 3)))
            to++;
        to = address(s + from, to - from);
        if (to) {
            *length = from + to;
            return s;
        }
    }
    return NULL;
}

char *ej_text_array(apr_pool_t *pool, const char *const *texts, int n)
{
    apr_size_t size = 3;
    for (int i = 0; i < n; i++)
        size += texts[i] ? 2 * strlen(texts[i]) + 3 : 5;

    char *made = apr_palloc(pool, size), *to = made;
    *to++ = '{';
    for (int i = 0; i < n; i++) {
        if (i)
            *to++ = ',';
        if (!texts[i]) {
            memcpy(to, "NULL", 4);
            to += 4;
            continue;
        }
        *to++ = '"';
        for (const char *s = texts[i]; *s; s++) {
            if (*s == '"' || *s == '\\')
                *to++ = '\\';
            *to++ = *s;
        }
        *to++ = '"';
    }
    *to++ = '}';
    *to = '\0';
    return made;
}

const char *ej_text_json(apr_pool_t *pool, const char *s)
{
    if (!s)
        return "null";
    char *made = apr_palloc(pool, 6 * strlen(s) + 3), *to = made;
    *to++ = '"';
    for (; *s; s++) {
        if (*s == '"' || *s == '\\')
            *to++ = '\\';
        if ((unsigned char)*s < ' ')
            to += apr_snprintf(to, 7, "\\u%04x", *s);
        else
            *to++ = *s;
    }
    *to++ = '"';
    *to = '\0';
    return made;
}

const char *ej_text_disposition(apr_pool_t *pool, const char *name)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";
    apr_size_t length = strlen(name);
    char *ascii = apr_palloc(pool, length + 1), *to = ascii;
    char *encoded = apr_palloc(pool, 3 * length + 1), *code = encoded;
    for (const char *s = name; *s; s++) {
        int is_plain = strchr(plain, *s) != NULL;
        if ((*s & 0xc0) != 0x80) /* one sign for each character */
            *to++ = is_plain || *s == ' ' ? *s : '_';
        if (is_plain)
            *code++ = *s;
        else
            code += apr_snprintf(code, 4, "%%%02X", (unsigned char)*s);
    }
    *to = *code = '\0';
    return apr_pstrcat(pool, "attachment; filename=\"", ascii,
                       "\"; filename*=UTF-8''", encoded, NULL);
}
