/* multipart.c: parses multipart/form-data, piece by piece. Pure, and fuzzed.
 *
 *   --boundary CRLF headers CRLF CRLF data CRLF --boundary … CRLF --boundary--
 *
 * The end of a part's data is found by CRLF and the boundary. Data that may be
 * the beginning of one is kept in the buffer until more has come.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "text/multipart.h"

#include "text/text.h"

#define MOST_BOUNDARY 70 /* RFC 2046 5.1.1 */
#define MOST_HEADER 4096
#define MOST_NAME 200 /* characters of a file's name */
#define ROOM 16384

typedef enum { BEFORE, MARK, HEADER, DATA, AFTER } state_t;

struct ej_multipart_t {
    apr_pool_t *pool, *part_pool; /* the second is cleared for each part */
    const char *mark;             /* CRLF, two hyphens, the boundary */
    apr_size_t of_mark;
    int max, n; /* parts */
    ej_multipart_take_t *take;
    void *to;
    state_t state;
    ej_part_t part;
    char buffer[ROOM];
    apr_size_t length;
};

/* ------------------------------------------------------------- boundary -- */

/* The value of a parameter in a header's text ("; name=value"); NULL without
 * one. In a quoted value a backslash hides the next quote. */
static char *parameter(apr_pool_t *pool, const char *header, const char *name)
{
    apr_size_t length = strlen(name);
    for (const char *s = strchr(header, ';'); s; s = strchr(s, ';')) {
        s += 1 + strspn(s + 1, " \t");
        if (strncasecmp(s, name, length) || s[length] != '=') {
            for (; *s && *s != ';'; s++) /* a ; within quotes is none */
                if (*s == '"')
                    while (s[1] && *++s != '"')
                        s += *s == '\\' && s[1] == '"';
            continue;
        }
        s += length + 1;
        if (*s != '"')
            return apr_pstrmemdup(pool, s, strcspn(s, "; \t"));
        char *made = apr_palloc(pool, strlen(s)), *to = made;
        for (s++; *s && *s != '"'; s++) {
            s += *s == '\\' && s[1] == '"';
            *to++ = *s;
        }
        *to = '\0';
        return *s ? made : NULL;
    }
    return NULL;
}

ej_multipart_t *ej_multipart_new(apr_pool_t *pool, const char *type, int max,
                                 ej_multipart_take_t *take, void *to)
{
    static const char form[] = "multipart/form-data";
    if (!type || strncasecmp(type, form, sizeof form - 1))
        return NULL;
    const char *boundary = parameter(pool, type, "boundary");
    if (!boundary || !*boundary || strlen(boundary) > MOST_BOUNDARY)
        return NULL;
    ej_multipart_t *m = apr_pcalloc(pool, sizeof *m);
    m->pool = pool;
    apr_pool_create(&m->part_pool, pool);
    m->mark = apr_pstrcat(pool, "\r\n--", boundary, NULL);
    m->of_mark = strlen(m->mark);
    m->max = max;
    m->take = take;
    m->to = to;
    memcpy(m->buffer, "\r\n", 2); /* the first boundary has none before it */
    m->length = 2;
    return m;
}

/* -------------------------------------------------------------- headers -- */

const char *ej_multipart_file_name(apr_pool_t *pool, const char *name)
{
    for (const char *s = name; *s; s++)
        if (*s == '/' || *s == '\\')
            name = s + 1;
    char *made = apr_pstrdup(pool, name), *to = made;
    for (const char *s = name; *s; s++)
        if ((unsigned char)*s >= ' ' && *s != 0x7f)
            *to++ = *s;
    *to = '\0';
    if (!ej_text_is_clean(made, strlen(made), 0))
        return "file";
    while (ej_text_length(made) > MOST_NAME) /* keep the end: it has the type */
        for (made++; (*made & 0xc0) == 0x80;)
            made++;
    made = ej_text_trim(pool, made);
    return strcmp(made, ".") && strcmp(made, "..") ? made : "file";
}

/* Read the headers of a part. */
static ej_code_t read_header(ej_multipart_t *m, const char *header)
{
    static const char wanted[] = "content-disposition:";
    const char *line = header;
    while (line && strncasecmp(line, wanted, sizeof wanted - 1)) {
        line = strstr(line, "\r\n");
        line = line ? line + 2 : NULL;
    }
    if (!line)
        return JE100;
    line = apr_pstrmemdup(m->part_pool, line, strcspn(line, "\r\n"));
    m->part.name = parameter(m->part_pool, line, "name");
    m->part.file = parameter(m->part_pool, line, "filename");
    if (!m->part.name ||
        !ej_text_is_clean(m->part.name, strlen(m->part.name), 0))
        return JE100;
    if (m->part.file)
        m->part.file = ej_multipart_file_name(m->part_pool, m->part.file);
    return EJ_OK;
}

/* --------------------------------------------------------------- states -- */

static void drop(ej_multipart_t *m, apr_size_t n)
{
    memmove(m->buffer, m->buffer + n, m->length - n);
    m->length -= n;
}

/* How many bytes at the start of the buffer are surely data; *is_end tells
 * whether the mark follows them. */
static apr_size_t plain(const ej_multipart_t *m, int *is_end)
{
    const char *end = m->buffer + m->length, *s = m->buffer;
    while ((s = memchr(s, '\r', (apr_size_t)(end - s))) != NULL) {
        apr_size_t left = (apr_size_t)(end - s);
        if (!memcmp(s, m->mark, left < m->of_mark ? left : m->of_mark)) {
            *is_end = left >= m->of_mark;
            return (apr_size_t)(s - m->buffer);
        }
        s++;
    }
    *is_end = 0;
    return m->length;
}

/* Pass data on up to the next mark. */
static ej_code_t read_data(ej_multipart_t *m, int *is_stuck)
{
    int is_end;
    apr_size_t n = plain(m, &is_end);
    ej_code_t code = EJ_OK;
    if (m->state == DATA && n)
        code = m->take(m->to, &m->part, m->buffer, n);
    if (!code && m->state == DATA && is_end)
        code = m->take(m->to, &m->part, "", 0);
    drop(m, is_end ? n + m->of_mark : n);
    if (is_end)
        m->state = MARK;
    else
        *is_stuck = 1;
    return code;
}

/* After a mark: CRLF begins a part, two hyphens end the body. */
static ej_code_t read_mark(ej_multipart_t *m, int *is_stuck)
{
    if (m->length < 2) {
        *is_stuck = 1;
        return EJ_OK;
    }
    int is_last = !memcmp(m->buffer, "--", 2);
    if (!is_last && memcmp(m->buffer, "\r\n", 2))
        return JE100;
    if (!is_last && m->n++ == m->max)
        return JE107;
    m->state = is_last ? AFTER : HEADER;
    drop(m, 2);
    return EJ_OK;
}

static ej_code_t begin_part(ej_multipart_t *m, int *is_stuck)
{
    for (apr_size_t i = 0; i + 4 <= m->length && i < MOST_HEADER; i++) {
        if (memcmp(m->buffer + i, "\r\n\r\n", 4))
            continue;
        apr_pool_clear(m->part_pool);
        const char *header = apr_pstrmemdup(m->part_pool, m->buffer, i);
        if (strlen(header) != i)
            return JE100;
        drop(m, i + 4);
        m->state = DATA;
        return read_header(m, header);
    }
    if (m->length >= MOST_HEADER)
        return JE100;
    *is_stuck = 1;
    return EJ_OK;
}

ej_code_t ej_multipart_feed(ej_multipart_t *m, const char *data, apr_size_t n)
{
    while (n) {
        apr_size_t room = ROOM - m->length;
        apr_size_t taken = n < room ? n : room;
        memcpy(m->buffer + m->length, data, taken);
        m->length += taken;
        data += taken;
        n -= taken;
        for (int is_stuck = 0; !is_stuck;) {
            ej_code_t code = EJ_OK;
            switch (m->state) {
            case BEFORE:
            case DATA:
                code = read_data(m, &is_stuck);
                break;
            case MARK:
                code = read_mark(m, &is_stuck);
                break;
            case HEADER:
                code = begin_part(m, &is_stuck);
                break;
            case AFTER:
                m->length = 0;
                is_stuck = 1;
            }
            if (code)
                return code;
        }
    }
    return EJ_OK;
}

ej_code_t ej_multipart_end(const ej_multipart_t *m)
{
    return m->state == AFTER ? EJ_OK : JE100;
}
