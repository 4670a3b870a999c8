/* rows.c: the rows of a table that came as a file, as JSON. Pure, and fuzzed.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "text/rows.h"

#include "text/text.h"

#define MOST_COLUMNS 100
#define MOST_CELL 4000

struct ej_rows_t {
    apr_pool_t *pool;
    int max, n;
    int line; /* of the cells below */
    const char *cells[MOST_COLUMNS];
    int columns;               /* how many of them are set */
    apr_array_header_t *texts; /* JSON of each row, as const char * */
};

ej_rows_t *ej_rows_new(apr_pool_t *pool, int max)
{
    ej_rows_t *rows = apr_pcalloc(pool, sizeof *rows);
    rows->pool = pool;
    rows->max = max;
    rows->texts = apr_array_make(pool, 64, sizeof(char *));
    return rows;
}

/* Add the present row to the others. */
static ej_code_t end_row(ej_rows_t *rows)
{
    if (!rows->columns)
        return EJ_OK;
    if (rows->n++ == rows->max)
        return JE107;
    apr_array_header_t *parts =
        apr_array_make(rows->pool, 2 * rows->columns + 2, sizeof(char *));
    APR_ARRAY_PUSH(parts, const char *) =
        apr_psprintf(rows->pool, rows->n > 1 ? ",[%d" : "[%d", rows->line);
    for (int i = 0; i < rows->columns; i++) {
        APR_ARRAY_PUSH(parts, const char *) = ",";
        APR_ARRAY_PUSH(parts, const char *) =
            ej_text_json(rows->pool, rows->cells[i] ? rows->cells[i] : "");
        rows->cells[i] = NULL;
    }
    APR_ARRAY_PUSH(parts, const char *) = "]";
    APR_ARRAY_PUSH(rows->texts, const char *) =
        apr_array_pstrcat(rows->pool, parts, 0);
    rows->columns = 0;
    return EJ_OK;
}

/* A copy without characters that cannot be kept; NULL for blanks. */
static const char *clean(apr_pool_t *pool, const char *text)
{
    char *made = apr_pstrdup(pool, text), *to = made;
    for (const char *s = text; *s; s++)
        if ((unsigned char)*s >= ' ' || strchr("\t\r\n", *s))
            *to++ = *s;
    *to = '\0';
    made = ej_text_trim(pool, made);
    return *made && ej_text_is_clean(made, strlen(made), 1) ? made : NULL;
}

ej_code_t ej_rows_cell(ej_rows_t *rows, int line, int column, const char *text)
{
    ej_code_t code = line > rows->line ? end_row(rows) : EJ_OK;
    if (code)
        return code;
    rows->line = line;
    if (strlen(text) > MOST_CELL)
        return JE104;
    const char *cell = clean(rows->pool, text);
    if (!cell)
        return EJ_OK;
    if (column > MOST_COLUMNS)
        return JE107;
    rows->cells[column - 1] = cell;
    if (column > rows->columns)
        rows->columns = column;
    return EJ_OK;
}

const char *ej_rows_json(ej_rows_t *rows)
{
    ej_code_t is_full = end_row(rows);
    const char *all = apr_array_pstrcat(rows->pool, rows->texts, 0);
    return is_full ? NULL : apr_pstrcat(rows->pool, "[", all, "]", NULL);
}

/* ------------------------------------------------------------------ CSV -- */

/* CP1251 from 0x80 to 0xbf, as Unicode. */
static const unsigned short cp1251[64] = {
    0x402,  0x403,  0x201a, 0x453,  0x201e, 0x2026, 0x2020, 0x2021,
    0x20ac, 0x2030, 0x409,  0x2039, 0x40a,  0x40c,  0x40b,  0x40f,
    0x452,  0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x20,   0x2122, 0x459,  0x203a, 0x45a,  0x45c,  0x45b,  0x45f,
    0xa0,   0x40e,  0x45e,  0x408,  0xa4,   0x490,  0xa6,   0xa7,
    0x401,  0xa9,   0x404,  0xab,   0xac,   0xad,   0xae,   0x407,
    0xb0,   0xb1,   0x406,  0x456,  0x491,  0xb5,   0xb6,   0xb7,
    0x451,  0x2116, 0x454,  0xbb,   0x458,  0x405,  0x455,  0x457};

/* Decode CP1251; from 0xc0 on it is the alphabet in Unicode's order. */
static char *from_cp1251(apr_pool_t *pool, const char *text, apr_size_t length)
{
    char *made = apr_palloc(pool, 3 * length + 1), *to = made;
    for (apr_size_t i = 0; i < length; i++) {
        unsigned byte = (unsigned char)text[i];
        unsigned c = byte < 0x80   ? byte
                     : byte < 0xc0 ? cp1251[byte - 0x80]
                                   : 0x410 + (byte - 0xc0);
        if (c >= 0x800) {
            *to++ = (char)(0xe0 | c >> 12);
            *to++ = (char)(0x80 | (c >> 6 & 0x3f));
            *to++ = (char)(0x80 | (c & 0x3f));
        }
        else if (c >= 0x80) {
            *to++ = (char)(0xc0 | c >> 6);
            *to++ = (char)(0x80 | (c & 0x3f));
        }
        else
            *to++ = (char)c;
    }
    *to = '\0';
    return made;
}

/* What the first line has most of. */
static char separator(const char *text)
{
    int counts[3] = {0}, is_quoted = 0;
    static const char marks[] = ";\t,";
    for (; *text && (is_quoted || (*text != '\n' && *text != '\r')); text++) {
        const char *mark = strchr(marks, *text);
        if (*text == '"')
            is_quoted = !is_quoted;
        else if (mark && !is_quoted)
            counts[mark - marks]++;
    }
    int most = 0;
    for (int i = 1; i < 3; i++)
        if (counts[i] > counts[most])
            most = i;
    return marks[most];
}

/* Read one cell into a buffer; *s moves to the mark behind it. 0: a quote has
 * no end. */
static int read_cell(char *to, const char **s, char mark)
{
    const char *at = *s;
    int is_quoted = *at == '"';
    for (at += is_quoted; *at; at++) {
        if (is_quoted && *at == '"') {
            if (at[1] != '"')
                break;
            at++;
        }
        else if (!is_quoted && (*at == mark || *at == '\n' || *at == '\r'))
            break;
        *to++ = *at;
    }
    if (is_quoted && *at++ != '"')
        return 0;
    while (*at && *at != mark && *at != '\n' && *at != '\r')
        *to++ = *at++; /* behind a quote: kept as it is */
    *to = '\0';
    *s = at;
    return 1;
}

ej_code_t ej_rows_csv(ej_rows_t *rows, const char *text, apr_size_t length)
{
    if (memchr(text, '\0', length))
        return JE131;
    if (!strncmp(text, "\xef\xbb\xbf", 3)) {
        text += 3;
        length -= 3;
    }
    if (!ej_text_is_utf8(rows->pool, text, length))
        text = from_cp1251(rows->pool, text, length);
    char mark = separator(text);
    char *cell = apr_palloc(rows->pool, strlen(text) + 1);
    for (int line = 1, column = 1; *text;) {
        if (!read_cell(cell, &text, mark))
            return JE131;
        ej_code_t code = ej_rows_cell(rows, line, column++, cell);
        if (code)
            return code;
        if (*text == mark) {
            text++;
            continue;
        }
        text += *text == '\r';
        text += *text == '\n';
        line++;
        column = 1;
    }
    return EJ_OK;
}
