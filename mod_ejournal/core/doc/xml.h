/* xml.h: builds the document of a reply.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_XML_H
#define EJ_XML_H

#include <apr_hash.h>

#include "conf/queries.h"
#include "db/result.h"
#include "ej.h"

/* A document. Names (of elements, attributes, columns) and query results are
 * not copied: they must live as long as the document. Values that are set are
 * copied. */
typedef struct ej_doc_t ej_doc_t;
/* Make a document with only the element <page>. Lives: with pool, whose cleanup
 * frees it and all nodes. */
ej_doc_t *ej_xml_doc(apr_pool_t *pool);
void *ej_xml_native(ej_doc_t *doc); /* xmlDocPtr, for out/out.c */
/* The <page> element of a document. */
ej_node_t *ej_xml_page(ej_doc_t *doc);
/* Append a child element and return it. */
ej_node_t *ej_xml_add(ej_node_t *parent, const char *name);
/* Insert a first child element and return it. */
ej_node_t *ej_xml_add_first(ej_node_t *parent, const char *name);
/* Set an attribute to clean UTF-8 (ej_text_is_clean); NULL removes it. */
void ej_xml_set(ej_node_t *node, const char *name, const char *value);
/* Set the attributes of another element, which may be of another document, and
 * append copies of its children with theirs. */
void ej_xml_copy(ej_node_t *node, const ej_node_t *from);
/* Read a document that ej_xml_dump wrote: set the attributes of its root and
 * append its children, as copies. Returns 0 when it is not well-formed. */
int ej_xml_read(ej_node_t *node, const char *text);
/* Set the attributes of an element that outlives this document; with is_whole
 * append copies of all that is in it, too. Its strings are not copied. */
void ej_xml_copy_tree(ej_node_t *node, const ej_node_t *from, int is_whole);
/* All texts in an element, with a blank between two. */
const char *ej_xml_texts(apr_pool_t *pool, const ej_node_t *node);
/* Append text of clean UTF-8. */
void ej_xml_text(ej_node_t *node, const char *text);
/* Set the columns of row 0 as attributes. */
void ej_xml_one(ej_node_t *node, const ej_result_t *result);
/* Append one element for each row, and add these to nodes (ej_node_t *). With
 * parents (text of key -> ej_node_t *) each goes below the parent that the
 * row's column key names. */
void ej_xml_rows(apr_array_header_t *nodes, ej_node_t *parent,
                 const char *element, const ej_result_t *result,
                 apr_hash_t *parents, const char *key);
/* Make a hash from the value of an attribute to its node. */
apr_hash_t *ej_xml_index(apr_pool_t *pool, const apr_array_header_t *nodes,
                         const char *name);
/* Fill a grid: every row element gets one <c> for each column. A cell without a
 * column sets its attributes on the row, one without a row on the column. */
void ej_xml_grid(apr_pool_t *pool, const apr_array_header_t *rows,
                 const apr_array_header_t *columns, const ej_query_t *query,
                 const ej_result_t *cells);
/* Write the document as XML in UTF-8. */
const char *ej_xml_dump(apr_size_t *length, apr_pool_t *pool, ej_doc_t *doc);

#endif
