/* xml.h: the document of an answer; the user of libxml2.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_XML_H
#define EJ_XML_H

#include "db/result.h"
#include "ej.h"
#include "text/query.h"

/* Names (of elements, attributes, columns) and results are pointed at: they
 * live as long as the document. Values that are set are copied. */
typedef struct ej_doc_t ej_doc_t;
/* A document with the element <page> alone. Lives: with pool, whose cleanup
 * frees it and all nodes. */
ej_doc_t *ej_xml_doc(apr_pool_t *pool);
void *ej_xml_native(ej_doc_t *doc); /* xmlDocPtr, for out/out.c */
/* Its <page>. */
ej_node_t *ej_xml_page(ej_doc_t *doc);
/* Append a child element and return it. */
ej_node_t *ej_xml_add(ej_node_t *parent, const char *name);
/* The same, as the first child. */
ej_node_t *ej_xml_add_first(ej_node_t *parent, const char *name);
/* Set an attribute to clean UTF-8 (ej_text_is_clean), copied; NULL takes it
 * away. */
void ej_xml_set(ej_node_t *node, const char *name, const char *value);
/* Append text, clean as above. */
void ej_xml_text(ej_node_t *node, const char *text);
/* Columns of row 0 as attributes. */
void ej_xml_one(ej_node_t *node, const ej_result_t *result);
/* One element a row; the nodes made are put into nodes (ej_node_t *). With
 * parents (text of key -> ej_node_t *), the row goes below its parent. */
void ej_xml_rows(apr_array_header_t *nodes, ej_node_t *parent,
                 const char *element, const ej_result_t *result,
                 apr_hash_t *parents, const char *key);
/* node of each value of an attribute. */
apr_hash_t *ej_xml_index(apr_pool_t *pool, const apr_array_header_t *nodes,
                         const char *name);
/* The dense grid: every row gets one <c> for each column. A cell without a
 * column gives its attributes to the row, one without a row to the column. */
void ej_xml_grid(apr_pool_t *pool, const apr_array_header_t *rows,
                 const apr_array_header_t *columns, const ej_query_t *query,
                 const ej_result_t *cells);
/* The document as UTF-8 XML text. */
const char *ej_xml_dump(apr_size_t *length, apr_pool_t *pool, ej_doc_t *doc);

#endif
