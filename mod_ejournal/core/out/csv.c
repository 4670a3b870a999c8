/* csv.c: the tables of a page as CSV, from the transform's own result tree.
 *
 * Two dialects (xslt/README.md): for people, what a Russian spreadsheet opens;
 * for programs, RFC 4180.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "out/csv.h"

#include <apr_lib.h>
#include <apr_strings.h>
#include <apr_tables.h>
#include <libxml/tree.h>
#include <stdlib.h>

static int is_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE &&
           !strcmp((const char *)node->name, name);
}

static const char *attribute(const xmlNode *node, const char *name)
{
    for (xmlAttrPtr a = node->properties; a; a = a->next)
        if (!strcmp((const char *)a->name, name))
            return a->children ? (const char *)a->children->content : "";
    return NULL;
}

/* Whether an element is one of these, given as " p div ". */
static int is_of(const xmlNode *node, const char *names)
{
    char name[20];
    apr_snprintf(name, sizeof name, " %s ", (const char *)node->name);
    return node->type == XML_ELEMENT_NODE && strstr(names, name) != NULL;
}

static int is_tick(const xmlNode *node)
{
    const char *type = is_named(node, "input") ? attribute(node, "type") : NULL;
    return type && (!strcmp(type, "radio") || !strcmp(type, "checkbox"));
}

/* What is chosen or written in a control or in those within, "" for nothing;
 * NULL when there is none. */
static const char *control(const xmlNode *node)
{
    const char *found = NULL;
    if (node->type != XML_ELEMENT_NODE)
        return NULL;
    if (is_tick(node))
        return attribute(node, "checked") ? "1" : "";
    if (is_named(node, "input")) {
        found = attribute(node, "value");
        return found ? found : "";
    }
    if (is_named(node, "option"))
        return attribute(node, "selected") ? attribute(node, "value") : "";
    for (const xmlNode *n = node->children; n && !(found && *found);
         n = n->next) {
        const char *inner = control(n);
        found = inner ? inner : found;
    }
    return found;
}

/* What stays out of a table: labels whose control is empty, and words that
 * the page shows to screen readers or on a phone only. */
static int is_left_out(const xmlNode *node)
{
    const char *class = attribute(node, "class");
    const char *type = is_named(node, "input") ? attribute(node, "type") : NULL;
    if (is_of(node, " legend button ") || is_tick(node) ||
        (type && !strcmp(type, "hidden")) ||
        (class && (!strcmp(class, "sr") || !strcmp(class, "narrow"))))
        return 1;
    const char *value = is_of(node, " label select ") ? control(node) : NULL;
    return value && !*value;
}

/* Neighbours that the page sets apart stay apart: blocks by a new line,
 * elements of one line by a blank. */
static void set_apart(apr_array_header_t *out, const xmlNode *n)
{
    static const char blocks[] =
        " p div li ul ol dl dt dd section details summary h2 h3 br ";
    const xmlNode *before = n->prev;
    if (!before || !out->nelts)
        return;
    const char **last = &APR_ARRAY_IDX(out, out->nelts - 1, const char *);
    int is_block = is_of(before, blocks) || is_of(n, blocks);
    if (!is_block &&
        (before->type != XML_ELEMENT_NODE || n->type != XML_ELEMENT_NODE))
        return;
    if (!strcmp(*last, " ") || !strcmp(*last, "\n"))
        *last = is_block ? "\n" : *last;
    else
        APR_ARRAY_PUSH(out, const char *) = is_block ? "\n" : " ";
}

/* The exact value of a cell: of its <time>, <data> and controls, else its
 * text. */
static void cell_text(apr_array_header_t *out, const xmlNode *node)
{
    for (const xmlNode *n = node->children; n; n = n->next) {
        if (n->type == XML_ELEMENT_NODE && is_left_out(n))
            continue;
        set_apart(out, n);
        const char *exact = is_named(n, "time")   ? attribute(n, "datetime")
                            : is_named(n, "data") ? attribute(n, "value")
                            : is_of(n, " input select ") ? control(n)
                                                         : NULL;
        if (exact)
            APR_ARRAY_PUSH(out, const char *) = exact;
        else if (n->type == XML_TEXT_NODE)
            APR_ARRAY_PUSH(out, const char *) = (const char *)n->content;
        else if (n->type == XML_ELEMENT_NODE)
            cell_text(out, n);
    }
}

/* Where one spreadsheet or another ends a cell, whatever the file was made
 * with: one that was told the wrong separator also takes no quotes for quotes.
 */
#define SEPARATORS ",;\t|\n\r"

/* Length of the sign at s by which a formula begins, 0 for any other. The wide
 * forms of East Asian keyboards (U+FF0B, FF0D, FF1D, FF20) count as well. */
static apr_size_t formula_sign(const char *s)
{
    if (*s && strchr("=+-@", *s))
        return 1;
    int is_wide =
        !strncmp(s, "\xef\xbc", 2) && s[2] && strchr("\x8b\x8d\x9d\xa0", s[2]);
    return is_wide ? 3 : 0;
}

/* Whether what stands at s, up to the next separator, is a formula to a
 * spreadsheet; a number with its sign is none. */
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

/* Whether text is a number with this decimal sign, of as many digits as a
 * spreadsheet keeps; one with a zero in front is the name of something. */
static int is_number(const char *text, char point)
{
    const char *s = text + (*text == '-');
    apr_size_t whole = strspn(s, "0123456789");
    apr_size_t part =
        s[whole] == point ? strspn(s + whole + 1, "0123456789") : 0;
    const char *end = s + whole + (part ? part + 1 : 0);
    return whole && whole + part <= 15 && (*s != '0' || whole == 1) && !*end;
}

/* Length of the letters at s; all that is not ASCII counts as one. */
static apr_size_t letters(const char *s)
{
    apr_size_t n = 0;
    while (apr_isalpha(s[n]) || (unsigned char)s[n] >= 0x80)
        n++;
    return n;
}

/* Whether a spreadsheet may take a text for a date, a time or a number: digits
 * with signs between them and at most one word (2/4, 7.1, 1-4, 007, 3 May), not
 * a word that hangs on digits (7B, A1), but for a power of ten (1E5). */
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

/* The element that gives a cell its exact value; NULL when there is something
 * else in the cell. */
static const xmlNode *sole(const xmlNode *cell)
{
    const xmlNode *found = NULL;
    for (const xmlNode *n = cell->children; n; n = n->next) {
        int is_blank = xmlIsBlankNode(n) ||
                       (n->type == XML_ELEMENT_NODE && is_left_out(n));
        if (!is_blank && (found || n->type != XML_ELEMENT_NODE))
            return NULL;
        if (!is_blank)
            found = n;
    }
    return !found || is_of(found, " time data ") ? found : sole(found);
}

/* A cell's value in its dialect. For people a number has a decimal comma, a
 * moment a blank before its time, and a text that only looks like a number has
 * behind it a blank of no width (U+200B), which no spreadsheet takes for one.
 */
static char *value_of(apr_pool_t *pool, const xmlNode *cell, int is_plain)
{
    apr_array_header_t *parts = apr_array_make(pool, 4, sizeof(char *));
    cell_text(parts, cell);
    char *text = apr_array_pstrcat(pool, parts, 0);
    const xmlNode *exact = sole(cell);
    char *end = text + strlen(text);
    text += strspn(text, " \n");
    while (end > text && (end[-1] == ' ' || end[-1] == '\n'))
        *--end = '\0';
    char *point = strpbrk(text, ".,");
    if (is_number(text, exact ? '.' : ',')) {
        if (point)
            *point = is_plain ? '.' : ',';
    }
    else if (exact && is_named(exact, "time")) {
        if (!is_plain && text + 10 < end && text[10] == 'T')
            text[10] = ' ';
    }
    else if (!is_plain && !is_formula(text) && is_like_number(text))
        text = apr_pstrcat(pool, text, "\xe2\x80\x8b", NULL);
    return text;
}

/* Quoted by RFC 4180. An apostrophe before whatever a spreadsheet would take
 * for a formula, at the start of the cell and behind each separator. */
static const char *quoted(apr_pool_t *pool, const char *text)
{
    int is_start = 1; /* but for blanks and quotes */
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

/* A table on its way: every row gets as many fields as the widest has, and
 * what a cell above spans stays free. Measured first, with no out. */
enum { CSV_COLUMNS = 400 };
typedef struct {
    apr_array_header_t *out;
    int is_plain; /* for programs */
    int width, at;
    int taken[CSV_COLUMNS]; /* rows below that a cell of this column spans */
} csv_table_t;

static void csv_put(csv_table_t *t, const xmlNode *cell)
{
    if (t->out && t->at)
        APR_ARRAY_PUSH(t->out, const char *) = t->is_plain ? "," : ";";
    if (t->out && cell)
        APR_ARRAY_PUSH(t->out, const char *) =
            quoted(t->out->pool, value_of(t->out->pool, cell, t->is_plain));
    if (++t->at > t->width)
        t->width = t->at;
}

static int span(const xmlNode *cell, const char *name)
{
    const char *n = attribute(cell, name);
    return n && atoi(n) > 1 ? atoi(n) : 1;
}

/* Whether a cell, or the head of its column, only leads to other pages. */
static int is_way(const xmlNode *cell)
{
    const char *class = attribute(cell, "class");
    return class && !strcmp(class, "to");
}

static void csv_row(csv_table_t *t, const xmlNode *tr)
{
    t->at = 0;
    for (const xmlNode *n = tr->children; n; n = n->next) {
        if (!is_of(n, " td th ") || is_way(n))
            continue;
        for (; t->at < CSV_COLUMNS && t->taken[t->at]; csv_put(t, NULL))
            t->taken[t->at]--;
        for (int i = span(n, "colspan"); i && t->at < CSV_COLUMNS; i--) {
            t->taken[t->at] = span(n, "rowspan") - 1;
            csv_put(t, i == span(n, "colspan") ? n : NULL);
        }
    }
    for (; t->at < t->width; csv_put(t, NULL))
        t->taken[t->at] -= t->taken[t->at] > 0;
    if (t->out)
        APR_ARRAY_PUSH(t->out, const char *) = "\r\n";
}

static void csv_rows(csv_table_t *t, const xmlNode *node)
{
    for (const xmlNode *n = node->children; n; n = n->next)
        if (is_named(n, "tr"))
            csv_row(t, n);
        else if (n->type == XML_ELEMENT_NODE)
            csv_rows(t, n);
}

/* What a table is called: its caption, else the heading it stands under. */
static const xmlNode *csv_name(const xmlNode *table)
{
    for (const xmlNode *n = table->children; n; n = n->next)
        if (is_named(n, "caption"))
            return n;
    for (const xmlNode *n = table->prev; n && !is_named(n, "table");
         n = n->prev)
        if (is_of(n, " h1 h2 h3 "))
            return n;
    return NULL;
}

static void csv_table(apr_array_header_t *out, int is_plain,
                      const xmlNode *table)
{
    const xmlNode *name = csv_name(table);
    csv_table_t t = {NULL, is_plain, 0, 0, {0}};
    csv_rows(&t, table);
    memset(t.taken, 0, sizeof t.taken);
    t.out = out;
    if (out->nelts)
        APR_ARRAY_PUSH(out, const char *) = "\r\n";
    if (name) {
        t.at = 0;
        csv_put(&t, name);
        while (t.at < t.width)
            csv_put(&t, NULL);
        APR_ARRAY_PUSH(out, const char *) = "\r\n";
    }
    csv_rows(&t, table);
}

/* Every row of every table.data, tables apart by an empty line. */
static void csv_walk(apr_array_header_t *out, int is_plain, const xmlNode *node)
{
    for (const xmlNode *n = node; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        const char *class = is_named(n, "table") ? attribute(n, "class") : NULL;
        if (class && !strncmp(class, "data", 4) &&
            (class[4] == '\0' || class[4] == ' '))
            csv_table(out, is_plain, n);
        else
            csv_walk(out, is_plain, n->children);
    }
}

const char *ej_csv_write(apr_size_t *length, apr_pool_t *pool, void *html,
                         int is_plain)
{
    apr_array_header_t *out = apr_array_make(pool, 256, sizeof(char *));
    csv_walk(out, is_plain, xmlDocGetRootElement(html));
    if (!out->nelts)
        return NULL;
    char *text = apr_pstrcat(pool, is_plain ? "" : "\xEF\xBB\xBF",
                             apr_array_pstrcat(pool, out, 0), NULL);
    *length = strlen(text);
    return text;
}
