/* table.c: reads the tables of a page, cell by cell, from the result tree of
 * its transform.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "out/table.h"

#include <apr_lib.h>
#include <apr_strings.h>
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

/* Whether an element has one of these names, given as " p div ". */
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

/* The text of a checked radio button that has no label around it: its value,
 * else its aria-label; NULL for any other node. */
static const char *radio_text(const xmlNode *node)
{
    const char *type = is_named(node, "input") ? attribute(node, "type") : NULL;
    const char *name = type ? attribute(node, "aria-label") : NULL;
    if (!name || strcmp(type, "radio") || !attribute(node, "checked"))
        return NULL;
    const char *value = attribute(node, "value");
    return value && *value ? value : name;
}

/* The value of a control, or of the controls within an element; "" when nothing
 * is chosen or written; NULL when there is no control. */
static const char *control_value(const xmlNode *node)
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
        const char *inner = control_value(n);
        found = inner ? inner : found;
    }
    return found;
}

/* Whether a node is left out of a table: a label whose control is empty, and
 * words that the page shows only to screen readers or on a phone. */
static int is_left_out(const xmlNode *node)
{
    const char *class = attribute(node, "class");
    const char *type = is_named(node, "input") ? attribute(node, "type") : NULL;
    if (is_of(node, " legend button ") || is_tick(node) ||
        (type && !strcmp(type, "hidden")) ||
        (class && (!strcmp(class, "sr") || !strcmp(class, "narrow"))))
        return 1;
    const char *value =
        is_of(node, " label select ") ? control_value(node) : NULL;
    return value && !*value;
}

/* Append a separator before a node, as the page shows one: a line break between
 * blocks, a blank between elements of one line. */
static void separate(apr_array_header_t *out, const xmlNode *n)
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

/* Append the text of a cell; of <time>, <data> and controls the exact value. */
static void cell_text(apr_array_header_t *out, const xmlNode *node)
{
    for (const xmlNode *n = node->children; n; n = n->next) {
        const char *chosen = radio_text(n);
        if (n->type == XML_ELEMENT_NODE && !chosen && is_left_out(n))
            continue;
        separate(out, n);
        const char *exact = chosen                ? chosen
                            : is_named(n, "time") ? attribute(n, "datetime")
                            : is_named(n, "data") ? attribute(n, "value")
                            : is_of(n, " input select ") ? control_value(n)
                                                         : NULL;
        if (exact)
            APR_ARRAY_PUSH(out, const char *) = exact;
        else if (n->type == XML_TEXT_NODE)
            APR_ARRAY_PUSH(out, const char *) = (const char *)n->content;
        else if (n->type == XML_ELEMENT_NODE)
            cell_text(out, n);
    }
}

/* Whether text is a number with this decimal sign and at most 15 digits, which
 * a spreadsheet keeps. With a zero in front (007) it is not a number but a
 * name.
 */
static int is_number(const char *text, char point)
{
    const char *s = text + (*text == '-');
    apr_size_t whole = strspn(s, "0123456789");
    apr_size_t part =
        s[whole] == point ? strspn(s + whole + 1, "0123456789") : 0;
    const char *end = s + whole + (part ? part + 1 : 0);
    return whole && whole + part <= 15 && (*s != '0' || whole == 1) && !*end;
}

/* The <time> or <data> that is the whole content of a cell; NULL when the cell
 * has anything else. */
static const xmlNode *exact_element(const xmlNode *cell)
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
    return !found || is_of(found, " time data ") ? found : exact_element(found);
}

/* Set the text of a cell and its kind. */
static void read_text(ej_cell_t *made, apr_pool_t *pool, const xmlNode *cell)
{
    apr_array_header_t *parts = apr_array_make(pool, 4, sizeof(char *));
    cell_text(parts, cell);
    char *text = apr_array_pstrcat(pool, parts, 0);
    const xmlNode *exact = exact_element(cell);
    char *end = text + strlen(text);
    text += strspn(text, " \n");
    while (end > text && (end[-1] == ' ' || end[-1] == '\n'))
        *--end = '\0';
    char *point = strpbrk(text, ".,");
    made->text = text;
    if (is_number(text, exact ? '.' : ',')) {
        made->kind = EJ_CELL_NUMBER;
        if (point)
            *point = '.';
    }
    else if (exact && is_named(exact, "time"))
        made->kind = EJ_CELL_TIME;
}

static int span(const xmlNode *cell, const char *name)
{
    const char *n = attribute(cell, name);
    return n && atoi(n) > 1 ? atoi(n) : 1;
}

/* Whether a cell is only a link to another page. */
static int is_link(const xmlNode *cell)
{
    const char *class = attribute(cell, "class");
    return class && !strcmp(class, "to");
}

/* ------------------------------------------------------------------ rows -- */

/* A table that is being read. */
typedef struct {
    ej_table_t *table;
    apr_pool_t *pool;
    ej_cell_t row[EJ_TABLE_COLUMNS];
    int at;                      /* column of the next cell */
    apr_array_header_t *lengths; /* int: cells of each row that is kept */
    /* by column: further rows that a cell above spans (rowspan) */
    int taken[EJ_TABLE_COLUMNS];
} reading_t;

/* Move on past the columns that cells above span. */
static void skip_taken(reading_t *t)
{
    for (; t->at < EJ_TABLE_COLUMNS && t->taken[t->at]; t->at++)
        t->taken[t->at]--;
}

static void read_cell(reading_t *t, const xmlNode *cell)
{
    int columns = span(cell, "colspan"), rows = span(cell, "rowspan");
    skip_taken(t);
    if (t->at >= EJ_TABLE_COLUMNS)
        return;
    ej_cell_t *made = &t->row[t->at];
    made->is_head = is_named(cell, "th");
    made->columns = columns;
    made->rows = rows;
    read_text(made, t->pool, cell);
    for (; columns && t->at < EJ_TABLE_COLUMNS; columns--)
        t->taken[t->at++] = rows - 1;
}

/* Keep a copy of the row with its first cells. */
static void keep_row(reading_t *t, int length)
{
    APR_ARRAY_PUSH(t->table->rows, ej_cell_t *) =
        apr_pmemdup(t->pool, t->row, (apr_size_t)length * sizeof *t->row);
    APR_ARRAY_PUSH(t->lengths, int) = length;
}

/* Lengthen the rows that are shorter than the widest. */
static void even_rows(const reading_t *t)
{
    for (int i = 0; i < t->lengths->nelts; i++) {
        ej_cell_t **row = &APR_ARRAY_IDX(t->table->rows, i, ej_cell_t *);
        int length = APR_ARRAY_IDX(t->lengths, i, int);
        if (length >= t->table->width)
            continue;
        ej_cell_t *made =
            apr_pcalloc(t->pool, (apr_size_t)t->table->width * sizeof *made);
        memcpy(made, *row, (apr_size_t)length * sizeof *made);
        *row = made;
    }
}

static void read_row(reading_t *t, const xmlNode *tr)
{
    memset(t->row, 0, (apr_size_t)t->at * sizeof *t->row);
    t->at = 0;
    for (const xmlNode *n = tr->children; n; n = n->next)
        if (is_of(n, " td th ") && !is_link(n))
            read_cell(t, n);
    for (int i = t->at; i < EJ_TABLE_COLUMNS; i++) {
        if (t->taken[i])
            t->at = i + 1;
        t->taken[i] -= t->taken[i] > 0;
    }
    if (t->at > t->table->width)
        t->table->width = t->at;
    keep_row(t, t->at > 2 ? t->at : 2);
}

static void read_rows(reading_t *t, const xmlNode *node)
{
    for (const xmlNode *n = node->children; n; n = n->next)
        if (is_named(n, "tr"))
            read_row(t, n);
        else if (n->type == XML_ELEMENT_NODE)
            read_rows(t, n);
}

/* The element with the name of a table: its caption, else the heading above. */
static const xmlNode *name_of(const xmlNode *table)
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

static ej_table_t *read_table(apr_pool_t *pool, const xmlNode *node)
{
    reading_t t = {.pool = pool};
    const xmlNode *name = name_of(node);
    t.table = apr_pcalloc(pool, sizeof *t.table);
    t.table->rows = apr_array_make(pool, 40, sizeof(ej_cell_t *));
    t.lengths = apr_array_make(pool, 40, sizeof(int));
    if (name) {
        ej_cell_t cell = {0};
        read_text(&cell, pool, name);
        t.table->name = cell.text;
    }
    read_rows(&t, node);
    even_rows(&t);
    return t.table;
}

static void walk(apr_array_header_t *tables, const xmlNode *node)
{
    for (const xmlNode *n = node; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        const char *class = is_named(n, "table") ? attribute(n, "class") : NULL;
        if (class && !strncmp(class, "data", 4) &&
            (class[4] == '\0' || class[4] == ' '))
            APR_ARRAY_PUSH(tables, ej_table_t *) = read_table(tables->pool, n);
        else
            walk(tables, n->children);
    }
}

apr_array_header_t *ej_table_read_all(apr_pool_t *pool, void *html)
{
    apr_array_header_t *tables = apr_array_make(pool, 4, sizeof(ej_table_t *));
    walk(tables, xmlDocGetRootElement(html));
    return tables;
}
