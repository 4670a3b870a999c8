/* xml.c: the only file that builds libxml2 trees.
 *
 * Names are interned in the document's dictionary; time and memory follow the
 * number of nodes, so a grid's cell is one element.
 * Out of memory ends the process (out.c sets libxml2's allocator so): a cut
 * page is never sent.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ctx.h"

#include <libxml/tree.h>
#include <libxml/xmlsave.h>

struct ej_doc_t {
    xmlDocPtr doc;
};

static xmlNodePtr native(ej_node_t *node)
{
    return (xmlNodePtr)node;
}

static apr_status_t drop(void *doc)
{
    xmlFreeDoc(doc);
    return APR_SUCCESS;
}

ej_doc_t *ej_xml_doc(apr_pool_t *pool)
{
    ej_doc_t *doc = apr_palloc(pool, sizeof *doc);
    doc->doc = xmlNewDoc(BAD_CAST "1.0");
    apr_pool_cleanup_register(pool, doc->doc, drop, apr_pool_cleanup_null);
    doc->doc->dict = xmlDictCreate();
    xmlDocSetRootElement(doc->doc,
                         xmlNewDocNode(doc->doc, NULL, BAD_CAST "page", NULL));
    return doc;
}

void *ej_xml_native(ej_doc_t *doc)
{
    return doc->doc;
}

ej_node_t *ej_xml_page(ej_doc_t *doc)
{
    return (ej_node_t *)xmlDocGetRootElement(doc->doc);
}

ej_node_t *ej_xml_add(ej_node_t *parent, const char *name)
{
    xmlNodePtr p = native(parent);
    xmlNodePtr node = xmlNewDocNode(p->doc, NULL, BAD_CAST name, NULL);
    return (ej_node_t *)xmlAddChild(p, node);
}

ej_node_t *ej_xml_add_first(ej_node_t *parent, const char *name)
{
    xmlNodePtr p = native(parent);
    xmlNodePtr node = xmlNewDocNode(p->doc, NULL, BAD_CAST name, NULL);
    return (ej_node_t *)(p->children ? xmlAddPrevSibling(p->children, node)
                                     : xmlAddChild(p, node));
}

void ej_xml_set(ej_node_t *node, const char *name, const char *value)
{
    if (value)
        xmlSetProp(native(node), BAD_CAST name, BAD_CAST value);
    else
        xmlUnsetProp(native(node), BAD_CAST name);
}

void ej_xml_text(ej_node_t *node, const char *text)
{
    xmlNodePtr n = native(node);
    xmlAddChild(n, xmlNewDocText(n->doc, BAD_CAST text));
}

const char *ej_node_get(const ej_node_t *node, const char *name)
{
    for (xmlAttrPtr a = ((const xmlNode *)node)->properties; a; a = a->next)
        if (!strcmp((const char *)a->name, name))
            return a->children ? (const char *)a->children->content : "";
    return NULL;
}

const char *ej_node_child_get(const ej_node_t *node, const char *child,
                              const char *name)
{
    for (const xmlNode *n = ((const xmlNode *)node)->children; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE
            && !strcmp((const char *)n->name, child))
            return ej_node_get((const ej_node_t *)n, name);
    return NULL;
}

/* One value as an attribute, or as the text when the column is `text`.
 * Attributes are new here, so none is searched for. */
static void value(xmlNodePtr node, const ej_result_t *result, int row,
                  int column, const char *name)
{
    const char *text = ej_result_get(result, row, column);
    if (!text)
        return;
    if (ej_result_is_bool(result, column)) {
        if (*text == 't')
            xmlNewProp(node, BAD_CAST name, BAD_CAST "1");
    } else if (!strcmp(name, "text")) {
        if (*text)
            xmlAddChild(node, xmlNewDocText(node->doc, BAD_CAST text));
    } else {
        xmlNewProp(node, BAD_CAST name, BAD_CAST text);
    }
}

void ej_xml_one(ej_node_t *node, const ej_result_t *result)
{
    for (int i = 0; i < ej_result_columns(result); i++)
        value(native(node), result, 0, i, ej_result_name(result, i));
}

void ej_xml_rows(apr_array_header_t *nodes, ej_node_t *parent,
                 const char *element, const ej_result_t *result,
                 apr_hash_t *parents, const char *key)
{
    int rows = ej_result_rows(result), columns = ej_result_columns(result);
    int skip = key ? ej_result_column(result, key) : -1;

    for (int row = 0; row < rows; row++) {
        ej_node_t *above = parent;
        if (parents) {
            const char *of = ej_result_get(result, row, skip);
            above = of ? apr_hash_get(parents, of, APR_HASH_KEY_STRING) : NULL;
            if (!above)
                continue; /* its parent is hidden or not on this page */
        }
        ej_node_t *node = ej_xml_add(above, element);
        for (int i = 0; i < columns; i++)
            if (i != skip)
                value(native(node), result, row, i,
                      ej_result_name(result, i));
        APR_ARRAY_PUSH(nodes, ej_node_t *) = node;
    }
}

apr_hash_t *ej_xml_index(apr_pool_t *pool, const apr_array_header_t *nodes,
                         const char *name)
{
    apr_hash_t *index = apr_hash_make(pool);
    for (int i = 0; i < nodes->nelts; i++) {
        ej_node_t *node = APR_ARRAY_IDX(nodes, i, ej_node_t *);
        const char *of = ej_node_get(node, name);
        if (of)
            apr_hash_set(index, of, APR_HASH_KEY_STRING, node);
    }
    return index;
}

/* Place of each value of an attribute, from 1. */
static apr_hash_t *places(apr_pool_t *pool, const apr_array_header_t *nodes,
                          const char *name)
{
    apr_hash_t *index = apr_hash_make(pool);
    for (int i = 0; i < nodes->nelts; i++) {
        const char *of = ej_node_get(APR_ARRAY_IDX(nodes, i, ej_node_t *),
                                     name);
        if (of)
            apr_hash_set(index, of, APR_HASH_KEY_STRING,
                         (void *)(apr_size_t)(i + 1));
    }
    return index;
}

/* What a result's row says beside its two keys, as attributes and text. */
static void values(xmlNodePtr node, const ej_result_t *cells, int i,
                   int row_key, int column_key)
{
    for (int k = 0; k < ej_result_columns(cells); k++)
        if (k != row_key && k != column_key)
            value(node, cells, i, k, ej_result_name(cells, k));
}

/* Place of a key's value among nodes, from 1; 0 when it is NULL or unknown. */
static apr_size_t place(apr_hash_t *index, const ej_result_t *cells, int i,
                        int key)
{
    const char *of = ej_result_get(cells, i, key);
    return of ? (apr_size_t)apr_hash_get(index, of, APR_HASH_KEY_STRING) : 0;
}

void ej_xml_grid(apr_pool_t *pool, const apr_array_header_t *rows,
                 const apr_array_header_t *columns, const ej_query_t *query,
                 const ej_result_t *cells)
{
    apr_hash_t *row_of = places(pool, rows, query->key);
    apr_hash_t *column_of = places(pool, columns, query->column);
    int row_key = ej_result_column(cells, query->key);
    int column_key = ej_result_column(cells, query->column);
    apr_size_t width = columns->nelts;
    int *at = apr_pcalloc(pool, sizeof(int) * (rows->nelts * width + 1));

    /* every cell's row of the result, from 1; 0 is empty */
    for (int i = 0; i < ej_result_rows(cells); i++) {
        apr_size_t y = place(row_of, cells, i, row_key);
        apr_size_t x = place(column_of, cells, i, column_key);
        if (x && y)
            at[(y - 1) * width + x - 1] = i + 1;
        else if (y && !ej_result_get(cells, i, column_key))
            values(native(APR_ARRAY_IDX(rows, y - 1, ej_node_t *)), cells, i,
                   row_key, column_key);
        else if (x && !ej_result_get(cells, i, row_key))
            values(native(APR_ARRAY_IDX(columns, x - 1, ej_node_t *)), cells,
                   i, row_key, column_key);
    }
    for (int y = 0; y < rows->nelts; y++) {
        ej_node_t *row = APR_ARRAY_IDX(rows, y, ej_node_t *);
        for (apr_size_t x = 0; x < width; x++) {
            ej_node_t *cell = ej_xml_add(row, "c");
            int i = at[y * width + x];
            if (i)
                values(native(cell), cells, i - 1, row_key, column_key);
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
