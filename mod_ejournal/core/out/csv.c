/* csv.c: writes the tables of a page as CSV.
 *
 * There are two dialects (xslt/README.md): for people the one that Russian
 * spreadsheets open, for programs RFC 4180.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "out/csv.h"

#include <apr_lib.h>
#include <apr_strings.h>

#include "out/table.h"

/* The characters at which any spreadsheet may end a cell, whichever separator
 * the file has. A spreadsheet that was told the wrong separator ends a cell
 * even between quotes. */
#define SEPARATORS ",;\t|\n\r"

/* The length of the sign at s that begins a formula; 0 when there is none. The
 * wide signs of East Asian keyboards (U+FF0B, FF0D, FF1D, FF20) count too. */
static apr_size_t formula_sign(const char *s)
{
    if (*s && strchr("=+-@", *s))
        return 1;
    int is_wide =
        !strncmp(s, "\xef\xbc", 2) && s[2] && strchr("\x8b\x8d\x9d\xa0", s[2]);
    return is_wide ? 3 : 0;
}

/* Whether a spreadsheet would read the text at s, up to the next separator, as
 * a formula. A number with a sign is not one. */
static int is_formula(const char *s)
{
    apr_size_t sign = formula_sign(s);
    const char *rest = s + sign;
    apr_size_t digits = strspn(rest, "0123456789.");
    if (!sign)
        return 0;
    return *s == '=' || *s == '@' || sign > 1 || !digits ||
           (rest[digits] && !strchr(SEPARATORS, rest[digits]));
}

/* The length of the word at s; every byte outside ASCII counts as a letter. */
static apr_size_t letters(const char *s)
{
    apr_size_t n = 0;
    while (apr_isalpha(s[n]) || (unsigned char)s[n] >= 0x80)
        n++;
    return n;
}

/* Whether a spreadsheet may read a text as a date, a time or a number: digits
 * with signs between them and at most one word (2/4, 7.1, 1-4, 007, 3 May). A
 * text with letters joined to digits (7B, A1) is safe, except a power of ten
 * (1E5). */
static int is_like_number(const char *s)
{
    int digits = 0, words = 0;
    while (*s) {
        apr_size_t n = strspn(s, "0123456789"), word = letters(s + n);
        int is_power = n && word == 1 && strchr("eE", s[n]);
        digits += n > 0;
        words += word && !is_power;
        s += n + word;
        if (word && !is_power && (n || apr_isdigit(*s)))
            return 0;
        if (!n && !word && !strchr(" ./:,-+%()", *s++))
            return 0;
    }
    return digits && words < 2;
}

/* A cell's value in the dialect. For people a number gets a decimal comma, a
 * date and time a blank between them, and a text that only looks like a number
 * ends in a zero-width space (U+200B), so that spreadsheets keep it as text. */
static const char *value_of(apr_pool_t *pool, const ej_cell_t *cell,
                            int is_plain)
{
    char *text = apr_pstrdup(pool, cell->text);
    char *point = strchr(text, '.');
    if (is_plain)
        return text;
    if (cell->kind == EJ_CELL_NUMBER && point)
        *point = ',';
    else if (cell->kind == EJ_CELL_TIME && strlen(text) > 10 && text[10] == 'T')
        text[10] = ' ';
    else if (cell->kind == EJ_CELL_TEXT && !is_formula(text) &&
             is_like_number(text))
        return apr_pstrcat(pool, text, "\xe2\x80\x8b", NULL);
    return text;
}

/* Quote a text as RFC 4180 says, with an apostrophe before any part that a
 * spreadsheet would read as a formula: at the start and after each separator.
 */
static const char *quoted(apr_pool_t *pool, const char *text)
{
    int is_start = 1; /* of a part; leading blanks and quotes do not count */
    char *made = apr_palloc(pool, strlen(text) * 2 + 3), *to = made;
    *to++ = '"';
    for (; *text; text++) {
        if (is_start && is_formula(text))
            *to++ = '\'';
        is_start = strchr(SEPARATORS, *text) ||
                   (is_start && (*text == ' ' || *text == '"'));
        if (*text == '"')
            *to++ = '"';
        *to++ = *text;
    }
    *to++ = '"';
    *to = '\0';
    return made;
}

static void write_row(apr_array_header_t *out, const ej_cell_t *cells,
                      int width, int is_plain)
{
    for (int i = 0; i < width; i++) {
        if (i)
            APR_ARRAY_PUSH(out, const char *) = is_plain ? "," : ";";
        if (cells[i].text)
            APR_ARRAY_PUSH(out, const char *) =
                quoted(out->pool, value_of(out->pool, &cells[i], is_plain));
    }
    APR_ARRAY_PUSH(out, const char *) = "\r\n";
}

/* Append the rows of a table from number `from` on; before the first its name.
 */
static void write_table(apr_array_header_t *out, const ej_table_t *table,
                        int is_plain, int from)
{
    int width = table->width ? table->width : 1;
    if (table->name && !from) {
        ej_cell_t *row = apr_pcalloc(out->pool, width * sizeof *row);
        row->text = table->name;
        write_row(out, row, width, is_plain);
    }
    for (int i = from; i < table->rows->nelts; i++)
        write_row(out, APR_ARRAY_IDX(table->rows, i, ej_cell_t *), table->width,
                  is_plain);
}

const char *ej_csv_mark(int is_plain)
{
    return is_plain ? "" : "\xEF\xBB\xBF";
}

const char *ej_csv_rows(apr_pool_t *pool, const ej_table_t *table, int is_plain,
                        int from)
{
    apr_array_header_t *out = apr_array_make(pool, 256, sizeof(char *));
    write_table(out, table, is_plain, from);
    return apr_array_pstrcat(pool, out, 0);
}

const char *ej_csv_write(apr_size_t *length, apr_pool_t *pool, void *html,
                         int is_plain)
{
    const apr_array_header_t *tables = ej_table_read_all(pool, html);
    apr_array_header_t *out = apr_array_make(pool, 256, sizeof(char *));
    for (int i = 0; i < tables->nelts; i++) {
        if (out->nelts)
            APR_ARRAY_PUSH(out, const char *) = "\r\n";
        write_table(out, APR_ARRAY_IDX(tables, i, ej_table_t *), is_plain, 0);
    }
    if (!out->nelts)
        return NULL;
    char *text = apr_pstrcat(pool, ej_csv_mark(is_plain),
                             apr_array_pstrcat(pool, out, 0), NULL);
    *length = strlen(text);
    return text;
}
