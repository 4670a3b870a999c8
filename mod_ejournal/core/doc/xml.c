/* xml.c: the only file that builds libxml2 trees.
 *
 * The nodes are allocated in the document's pool, and their names and the
 * values of results are not copied: a page has some thousand of them, and
 * making and freeing each by libxml2 took a fifth of the time of a journal
 * page. So libxml2 must never free or move such a node: this file calls none of
 * its tree functions, sheets.c removes a sheet's xsl:strip-space (which would
 * free nodes), and drop() detaches the tree before the document is freed.
 *
 * Time and memory follow the number of nodes, so a grid's cell is one element.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "doc/xml.h"
#include "text/text.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h> /* xmlStringText */
#include <libxml/tree.h>
#include <libxml/xmlsave.h>

struct ej_doc_t {
    xmlDocPtr doc;
};

static xmlNodePtr native(ej_node_t *node)
{
    return (xmlNodePtr)node;
}

/* -------------------------------------------------------------- building -- */

/* The pool of the document, kept in _private, which libxml2 does not use. */
static apr_pool_t *pool_of(const xmlNode *node)
{
    return node->doc->_private;
}

static xmlNodePtr new_element(apr_pool_t *pool, xmlDocPtr doc, const char *name)
{
    xmlNodePtr node = apr_pcalloc(pool, sizeof *node);
    node->type = XML_ELEMENT_NODE;
    node->name = BAD_CAST name;
    node->doc = doc;
    return node;
}

/* Make node a text node; text is not copied. */
static void init_text(xmlNodePtr node, xmlNodePtr parent, const char *text)
{
    node->type = XML_TEXT_NODE;
    node->name = xmlStringText;
    node->content = BAD_CAST text;
    node->parent = parent;
    node->doc = parent->doc;
}

static void link_last(xmlNodePtr parent, xmlNodePtr node)
{
    node->parent = parent;
    node->prev = parent->last;
    if (parent->last)
        parent->last->next = node;
    else
        parent->children = node;
    parent->last = node;
}

static void add_text(xmlNodePtr parent, const char *text)
{
    xmlNodePtr node = apr_pcalloc(pool_of(parent), sizeof *node);
    init_text(node, parent, text);
    link_last(parent, node);
}

/* Append text, with each web address as an element <a>. A sheet could do it
 * only by a template that calls itself for each character. */
static void add_prose(xmlNodePtr parent, const char *text)
{
    apr_pool_t *pool = pool_of(parent);
    apr_size_t length;
    const char *link;
    while ((link = ej_text_link(text, &length)) != NULL) {
        if (link > text)
            add_text(parent, apr_pstrmemdup(pool, text, link - text));
        xmlNodePtr a = new_element(pool, parent->doc, "a");
        add_text(a, apr_pstrmemdup(pool, link, length));
        link_last(parent, a);
        text = link + length;
    }
    if (*text)
        add_text(parent, text);
}

typedef struct {
    xmlAttr attribute;
    xmlNode text;
} attribute_t;

/* Append a new attribute; last is the last one of the node, or NULL. */
static xmlAttrPtr add_attribute(xmlNodePtr node, xmlAttrPtr last,
                                const char *name, const char *text)
{
    attribute_t *made = apr_pcalloc(pool_of(node), sizeof *made);
    xmlAttrPtr attribute = &made->attribute;
    attribute->type = XML_ATTRIBUTE_NODE;
    attribute->name = BAD_CAST name;
    attribute->parent = node;
    attribute->doc = node->doc;
    attribute->children = attribute->last = &made->text;
    init_text(&made->text, (xmlNodePtr)attribute, text);
    attribute->prev = last;
    if (last)
        last->next = attribute;
    else
        node->properties = attribute;
    return attribute;
}

static xmlAttrPtr last_attribute(const xmlNode *node)
{
    xmlAttrPtr last = node->properties;
    while (last && last->next)
        last = last->next;
    return last;
}

static xmlAttrPtr find_attribute(const xmlNode *node, const char *name)
{
    xmlAttrPtr a = node->properties;
    while (a && strcmp((const char *)a->name, name))
        a = a->next;
    return a;
}

/* ---------------------------------------------------------- the document -- */

static apr_status_t drop(void *doc_)
{
    xmlDocPtr doc = doc_;
    doc->children = doc->last = NULL; /* the pool's */
    xmlFreeDoc(doc);
    return APR_SUCCESS;
}

ej_doc_t *ej_xml_doc(apr_pool_t *pool)
{
    ej_doc_t *doc = apr_palloc(pool, sizeof *doc);
    doc->doc = xmlNewDoc(BAD_CAST "1.0");
    doc->doc->_private = pool;
    apr_pool_cleanup_register(pool, doc->doc, drop, apr_pool_cleanup_null);
    link_last((xmlNodePtr)doc->doc, new_element(pool, doc->doc, "page"));
    return doc;
}

void *ej_xml_native(ej_doc_t *doc)
{
    return doc->doc;
}

ej_node_t *ej_xml_page(ej_doc_t *doc)
{
    return (ej_node_t *)doc->doc->children;
}

ej_node_t *ej_xml_add(ej_node_t *parent, const char *name)
{
    xmlNodePtr p = native(parent);
    xmlNodePtr node = new_element(pool_of(p), p->doc, name);
    link_last(p, node);
    return (ej_node_t *)node;
}

ej_node_t *ej_xml_add_first(ej_node_t *parent, const char *name)
{
    xmlNodePtr p = native(parent);
    if (!p->children)
        return ej_xml_add(parent, name);
    xmlNodePtr node = new_element(pool_of(p), p->doc, name);
    node->parent = p;
    node->next = p->children;
    p->children->prev = node;
    p->children = node;
    return (ej_node_t *)node;
}

void ej_xml_set(ej_node_t *node, const char *name, const char *value)
{
    xmlNodePtr n = native(node);
    xmlAttrPtr there = find_attribute(n, name);
    if (!value && there) {
        if (there->prev)
            there->prev->next = there->next;
        else
            n->properties = there->next;
        if (there->next)
            there->next->prev = there->prev;
    }
    else if (value) {
        value = apr_pstrdup(pool_of(n), value);
        if (there)
            there->children->content = BAD_CAST value;
        else
            add_attribute(n, last_attribute(n), name, value);
    }
}

static void copy_attributes(ej_node_t *node, const xmlNode *from)
{
    for (const xmlAttr *a = from->properties; a; a = a->next)
        ej_xml_set(node, (const char *)a->name,
                   (const char *)a->children->content);
}

void ej_xml_copy(ej_node_t *node, const ej_node_t *from)
{
    const xmlNode *whole = (const xmlNode *)from;
    copy_attributes(node, whole);
    for (const xmlNode *n = whole->children; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE)
            copy_attributes(ej_xml_add(node, (const char *)n->name), n);
}

/* Set the attributes of a parsed element and append its children, as copies. */
static void copy_whole(ej_node_t *node, const xmlNode *from)
{
    apr_pool_t *pool = pool_of(native(node));
    for (const xmlAttr *a = from->properties; a; a = a->next)
        ej_xml_set(node, apr_pstrdup(pool, (const char *)a->name),
                   a->children ? (const char *)a->children->content : "");
    for (const xmlNode *n = from->children; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE)
            copy_whole(
                ej_xml_add(node, apr_pstrdup(pool, (const char *)n->name)), n);
        else if (n->type == XML_TEXT_NODE)
            ej_xml_text(node, (const char *)n->content);
}

int ej_xml_read(ej_node_t *node, const char *text)
{
    xmlDocPtr doc = xmlReadMemory(text, (int)strlen(text), NULL, "UTF-8",
                                  XML_PARSE_NONET | XML_PARSE_NOERROR |
                                      XML_PARSE_NOWARNING);
    xmlNodePtr root = doc ? xmlDocGetRootElement(doc) : NULL;
    if (root)
        copy_whole(node, root);
    xmlFreeDoc(doc);
    return root != NULL;
}

void ej_xml_copy_tree(ej_node_t *node, const ej_node_t *from, int is_whole)
{
    const xmlNode *whole = (const xmlNode *)from;
    copy_attributes(node, whole);
    for (const xmlNode *n = is_whole ? whole->children : NULL; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE)
            ej_xml_copy_tree(ej_xml_add(node, (const char *)n->name),
                             (const ej_node_t *)n, 1);
        else
            add_text(native(node), (const char *)n->content);
}

/* Add the texts in an element to parts. */
static void add_texts(apr_array_header_t *parts, const xmlNode *node)
{
    for (const xmlNode *n = node->children; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE)
            add_texts(parts, n);
        else
            APR_ARRAY_PUSH(parts, const char *) = (const char *)n->content;
}

const char *ej_xml_texts(apr_pool_t *pool, const ej_node_t *node)
{
    apr_array_header_t *parts = apr_array_make(pool, 64, sizeof(char *));
    add_texts(parts, (const xmlNode *)node);
    return apr_array_pstrcat(pool, parts, ' ');
}

void ej_xml_text(ej_node_t *node, const char *text)
{
    xmlNodePtr n = native(node);
    add_text(n, apr_pstrdup(pool_of(n), text));
}

const char *ej_xml_get(const ej_node_t *node, const char *name)
{
    const xmlAttr *a = find_attribute((const xmlNode *)node, name);
    return a ? (const char *)a->children->content : NULL;
}

ej_node_t *ej_xml_child(ej_node_t *node, const char *child)
{
    for (xmlNodePtr n = native(node)->children; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE &&
            !strcmp((const char *)n->name, child))
            return (ej_node_t *)n;
    return NULL;
}

ej_node_t *ej_xml_next(ej_node_t *node, const char *name)
{
    for (xmlNodePtr n = native(node)->next; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE && !strcmp((const char *)n->name, name))
            return (ej_node_t *)n;
    return NULL;
}

const char *ej_xml_child_get(const ej_node_t *node, const char *child,
                             const char *name)
{
    const ej_node_t *found = ej_xml_child((ej_node_t *)node, child);
    return found ? ej_xml_get(found, name) : NULL;
}

/* ----------------------------------------------------- results of queries --
 */

/* How a column of a result is shown. */
typedef struct {
    int column;
    const char *name;
    enum { AS_ATTRIBUTE, AS_FLAG, AS_TEXT, AS_PROSE } how;
} shown_t;

/* How each column of a result is shown, except two key columns (or -1): found
 * once for all its rows. */
static apr_array_header_t *
shown_columns(apr_pool_t *pool, const ej_result_t *result, int key, int key2)
{
    int columns = ej_result_columns(result);
    apr_array_header_t *made = apr_array_make(pool, columns, sizeof(shown_t));
    for (int i = 0; i < columns; i++) {
        if (i == key || i == key2)
            continue;
        shown_t *one = apr_array_push(made);
        one->column = i;
        one->name = ej_result_name(result, i);
        one->how = ej_result_is_bool(result, i)  ? AS_FLAG
                   : !strcmp(one->name, "text")  ? AS_TEXT
                   : !strcmp(one->name, "prose") ? AS_PROSE
                                                 : AS_ATTRIBUTE;
    }
    return made;
}

/* Set the columns of one row as attributes; a column `text` becomes the
 * element's text, `prose` its text with links. The node must not have these
 * attributes yet. */
static void set_row(xmlNodePtr node, const ej_result_t *result, int row,
                    const apr_array_header_t *columns)
{
    const shown_t *at = (const shown_t *)columns->elts;
    const shown_t *end = at + columns->nelts;
    xmlAttrPtr last = last_attribute(node);
    for (; at < end; at++) {
        const char *text = ej_result_get(result, row, at->column);
        if (!text)
            continue;
        if (at->how == AS_ATTRIBUTE)
            last = add_attribute(node, last, at->name, text);
        else if (at->how == AS_TEXT && *text)
            add_text(node, text);
        else if (at->how == AS_PROSE)
            add_prose(node, text);
        else if (at->how == AS_FLAG && *text == 't')
            last = add_attribute(node, last, at->name, "1");
    }
}

void ej_xml_one(ej_node_t *node, const ej_result_t *result)
{
    set_row(native(node), result, 0,
            shown_columns(pool_of(native(node)), result, -1, -1));
}

void ej_xml_rows(apr_array_header_t *nodes, ej_node_t *parent,
                 const char *element, const ej_result_t *result,
                 apr_hash_t *parents, const char *key)
{
    int rows = ej_result_rows(result);
    int skip = key ? ej_result_column(result, key) : -1;
    const apr_array_header_t *columns =
        shown_columns(nodes->pool, result, skip, -1);

    for (int row = 0; row < rows; row++) {
        ej_node_t *above = parent;
        if (parents) {
            const char *value = ej_result_get(result, row, skip);
            above = value ? apr_hash_get(parents, value, APR_HASH_KEY_STRING)
                          : NULL;
            if (!above)
                continue; /* its parent is hidden or not on this page */
        }
        ej_node_t *node = ej_xml_add(above, element);
        set_row(native(node), result, row, columns);
        APR_ARRAY_PUSH(nodes, ej_node_t *) = node;
    }
}

apr_hash_t *ej_xml_index(apr_pool_t *pool, const apr_array_header_t *nodes,
                         const char *name)
{
    apr_hash_t *index = apr_hash_make(pool);
    for (int i = 0; i < nodes->nelts; i++) {
        ej_node_t *node = APR_ARRAY_IDX(nodes, i, ej_node_t *);
        const char *value = ej_xml_get(node, name);
        if (value)
            apr_hash_set(index, value, APR_HASH_KEY_STRING, node);
    }
    return index;
}

/* Make a hash from the value of an attribute to its node's number, from 1. */
static apr_hash_t *number_nodes(apr_pool_t *pool,
                                const apr_array_header_t *nodes,
                                const char *name)
{
    apr_hash_t *index = apr_hash_make(pool);
    for (int i = 0; i < nodes->nelts; i++) {
        const char *value =
            ej_xml_get(APR_ARRAY_IDX(nodes, i, ej_node_t *), name);
        if (value)
            apr_hash_set(index, value, APR_HASH_KEY_STRING,
                         (void *)(apr_size_t)(i + 1));
    }
    return index;
}

/* The number of the node that a cell's key names, from 1; 0 when the key is
 * NULL or unknown. */
static apr_size_t number_of(apr_hash_t *index, const ej_result_t *cells, int i,
                            int key)
{
    const char *value = ej_result_get(cells, i, key);
    return value ? (apr_size_t)apr_hash_get(index, value, APR_HASH_KEY_STRING)
                 : 0;
}

void ej_xml_grid(apr_pool_t *pool, const apr_array_header_t *rows,
                 const apr_array_header_t *columns, const ej_query_t *query,
                 const ej_result_t *cells)
{
    apr_hash_t *row_of = number_nodes(pool, rows, query->key);
    apr_hash_t *column_of = number_nodes(pool, columns, query->column);
    int row_key = ej_result_column(cells, query->key);
    int column_key = ej_result_column(cells, query->column);
    const apr_array_header_t *shown =
        shown_columns(pool, cells, row_key, column_key);
    apr_size_t width = columns->nelts;
    int *at = apr_pcalloc(pool, sizeof(int) * (rows->nelts * width + 1));

    /* for each place of the grid its row in the result, from 1; 0: empty */
    for (int i = 0; i < ej_result_rows(cells); i++) {
        apr_size_t y = number_of(row_of, cells, i, row_key);
        apr_size_t x = number_of(column_of, cells, i, column_key);
        if (x && y)
            at[(y - 1) * width + x - 1] = i + 1;
        else if (y && !ej_result_get(cells, i, column_key))
            set_row(native(APR_ARRAY_IDX(rows, y - 1, ej_node_t *)), cells, i,
                    shown);
        else if (x && !ej_result_get(cells, i, row_key))
            set_row(native(APR_ARRAY_IDX(columns, x - 1, ej_node_t *)), cells,
                    i, shown);
    }
    for (int y = 0; y < rows->nelts; y++) {
        ej_node_t *row = APR_ARRAY_IDX(rows, y, ej_node_t *);
        for (apr_size_t x = 0; x < width; x++) {
            ej_node_t *cell = ej_xml_add(row, "c");
            int i = at[y * width + x];
            if (i)
                set_row(native(cell), cells, i - 1, shown);
        }
    }
}

const char *ej_xml_dump(apr_size_t *length, apr_pool_t *pool, ej_doc_t *doc)
{
    xmlChar *bytes;
    int n;
    xmlDocDumpMemoryEnc(doc->doc, &bytes, &n, "UTF-8");
    if (!bytes)
        return NULL;
    char *text = apr_pstrmemdup(pool, (const char *)bytes, n);
    xmlFree(bytes);
    *length = n;
    return text;
}
