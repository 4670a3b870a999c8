/* html.c: writes a result tree as HTML.
 *
 * The text is that of libxml2's htmlDocContentDumpOutput, but without five
 * calls and two allocations a node, which took a tenth of the time of a journal
 * page. Only trees of plain elements, attributes and text are written here; any
 * other is left to libxml2. tests/core/html.t compares the two.
 *
 * Two differences, both on the safe side: a value with a double quote keeps
 * its double quotes around it (&quot;), and `<!--` and `&{` are escaped in
 * attributes too.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "out/html.h"

#include <libxml/HTMLparser.h>
#include <libxml/HTMLtree.h>
#include <libxml/parserInternals.h> /* xmlStringText */

#define FIRST 32768 /* bytes; most pages fit */
#define KNOWN 64    /* names remembered, a power of two */
/* The deepest nesting of elements: this file recurses, libxml2 does not. */
#define DEEPEST 500

typedef struct {
    apr_pool_t *pool;
    char *start, *at, *end;
    int is_plain, depth;
    struct {
        const xmlChar
            *name; /* libxslt keeps each name once: compare pointers */
        const htmlElemDesc *info;
    } known[KNOWN];
} writer_t;

/* ----------------------------------------------------------------- bytes -- */

static void grow(writer_t *w, apr_size_t n)
{
    apr_size_t used = w->at - w->start, size = w->end - w->start;
    while (size - used < n)
        size *= 2;
    char *start = apr_palloc(w->pool, size);
    memcpy(start, w->start, used);
    w->start = start;
    w->at = start + used;
    w->end = start + size;
}

static void put(writer_t *w, const void *bytes, apr_size_t n)
{
    if ((apr_size_t)(w->end - w->at) < n)
        grow(w, n);
    memcpy(w->at, bytes, n);
    w->at += n;
}

static void put_name(writer_t *w, const xmlChar *name)
{
    put(w, name, strlen((const char *)name));
}

#define PUT(w, literal) put(w, literal, sizeof(literal) - 1)

/* -------------------------------------------------------------- escaping -- */

/* How a byte is escaped; 0: not at all. XML has no control characters. */
enum { LESS = 1, GREATER, AND, QUOTE, NOTHING };
static const unsigned char special[256] = {
    ['<'] = LESS,         ['>'] = GREATER,     ['&'] = AND,
    ['"'] = QUOTE,        [1 ... 8] = NOTHING, [11 ... 12] = NOTHING,
    [14 ... 31] = NOTHING};

static void put_special(writer_t *w, xmlChar c)
{
    switch (special[c]) {
    case LESS:
        PUT(w, "&lt;");
        break;
    case GREATER:
        PUT(w, "&gt;");
        break;
    case AND:
        PUT(w, "&amp;");
        break;
    case QUOTE:
        PUT(w, "&quot;");
        break;
    }
}

static void put_text(writer_t *w, const xmlChar *text)
{
    for (;; text++) {
        const xmlChar *from = text;
        while (*text && (!special[*text] || special[*text] == QUOTE))
            text++;
        put(w, from, text - from);
        if (!*text)
            return;
        put_special(w, *text);
    }
}

static void put_value(writer_t *w, const xmlChar *text)
{
    for (;; text++) {
        const xmlChar *from = text;
        while (*text && !special[*text])
            text++;
        put(w, from, text - from);
        if (!*text)
            return;
        put_special(w, *text);
    }
}

/* The characters that an address may have unescaped. */
static const unsigned char in_uri[256] = {
    ['a' ... 'z'] = 1, ['A' ... 'Z'] = 1, ['0' ... '9'] = 1, ['-'] = 1,
    ['_'] = 1,         ['.'] = 1,         ['!'] = 1,         ['~'] = 1,
    ['*'] = 1,         ['\''] = 1,        ['('] = 1,         [')'] = 1,
    ['@'] = 1,         ['/'] = 1,         [':'] = 1,         ['='] = 1,
    ['?'] = 1,         [';'] = 1,         ['#'] = 1,         ['%'] = 1,
    [','] = 1,         ['+'] = 1};

static void put_uri(writer_t *w, const xmlChar *text)
{
    static const char digits[] = "0123456789ABCDEF";
    while (*text == ' ' || (*text >= 9 && *text <= 13))
        text++;
    for (;; text++) {
        const xmlChar *from = text;
        while (in_uri[*text])
            text++;
        put(w, from, text - from);
        if (!*text)
            return;
        const char hex[3] = {'%', digits[*text >> 4], digits[*text & 15]};
        if (special[*text] && special[*text] != QUOTE)
            put_special(w, *text);
        else
            put(w, hex, sizeof hex);
    }
}

/* ------------------------------------------------------------------ tree -- */

static int is_same(const xmlChar *name, const char *other)
{
    return !strcmp((const char *)name, other);
}

static const htmlElemDesc *look_up(writer_t *w, const xmlChar *name)
{
    apr_size_t i = ((apr_size_t)name >> 3) % KNOWN;
    if (w->known[i].name != name) {
        w->known[i].name = name;
        w->known[i].info = htmlTagLookup(name);
    }
    return w->known[i].info;
}

static int is_uri(const xmlAttr *a)
{
    return is_same(a->name, "href") || is_same(a->name, "action") ||
           is_same(a->name, "src") ||
           (is_same(a->name, "name") && is_same(a->parent->name, "a"));
}

static void put_attribute(writer_t *w, const xmlAttr *a)
{
    PUT(w, " ");
    put_name(w, a->name);
    w->is_plain &= !a->ns;
    if (!a->children || htmlIsBooleanAttr(a->name))
        return;
    PUT(w, "=\"");
    for (const xmlNode *text = a->children; text; text = text->next)
        if (text->type != XML_TEXT_NODE)
            w->is_plain = 0;
        else if (!text->content)
            continue;
        else if (is_uri(a))
            put_uri(w, text->content);
        else
            put_value(w, text->content);
    PUT(w, "\"");
}

/* Whether HTML does not escape an element's text. Pages have no such text. */
static int is_raw(const xmlChar *name)
{
    return name[0] == 's' &&
           (is_same(name, "script") || is_same(name, "style"));
}

static void put_element(writer_t *w, const xmlNode *node);

static void put_children(writer_t *w, const xmlNode *node)
{
    for (const xmlNode *n = node->children; n && w->is_plain; n = n->next)
        if (n->type == XML_ELEMENT_NODE)
            put_element(w, n);
        else if (n->type != XML_TEXT_NODE || n->name != xmlStringText ||
                 is_raw(node->name))
            w->is_plain = 0;
        else if (n->content)
            put_text(w, n->content);
}

static void put_element(writer_t *w, const xmlNode *node)
{
    const htmlElemDesc *info = look_up(w, node->name);
    if (node->ns || node->nsDef || w->depth == DEEPEST)
        w->is_plain = 0;
    PUT(w, "<");
    put_name(w, node->name);
    for (const xmlAttr *a = node->properties; a; a = a->next)
        put_attribute(w, a);
    PUT(w, ">");
    if (info && info->empty)
        return;
    w->depth++;
    put_children(w, node);
    w->depth--;
    PUT(w, "</");
    put_name(w, node->name);
    PUT(w, ">");
}

const char *ej_html_write(apr_size_t *length, apr_pool_t *pool, void *result)
{
    xmlDocPtr doc = result;
    const xmlDtd *type = doc->intSubset;
    const xmlNode *root = xmlDocGetRootElement(doc);
    writer_t w = {.pool = pool, .is_plain = 1};
    if (!root || root->next || !type || root->prev != (const xmlNode *)type ||
        !is_same(type->name, "html") || type->ExternalID || !type->SystemID ||
        !is_same(type->SystemID, "about:legacy-compat"))
        return NULL;
    w.start = w.at = apr_palloc(pool, FIRST);
    w.end = w.start + FIRST;
    PUT(&w, "<!DOCTYPE html>\n");
    put_element(&w, root);
    PUT(&w, "\n");
    *length = w.at - w.start;
    return w.is_plain ? w.start : NULL;
}
