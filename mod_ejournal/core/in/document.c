/* document.c: reads an XML file of another program as JSON.
 *
 * The file is read as a stream, within limits of depth, elements and the length
 * of a text and a tag. A DOCTYPE is refused, and so are all entities. Every
 * element becomes the array ["name", "text" or child, …] without attributes;
 * the database interprets it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <apr_portable.h>
#include <libxml/xmlreader.h>

#include "ej.h"
#include "text/text.h"

#define MOST_DEPTH 16
#define MOST_ELEMENTS 200000
#define MOST_TEXT 20000 /* bytes between two tags */
#define MOST_TAG 20000  /* bytes of a tag: libxml2 compares its attributes */

/* The file while it is read. */
typedef struct {
    apr_file_t *file;
    apr_pool_t *pool;         /* cleared for each text */
    apr_array_header_t *json; /* of char, as text below */
    apr_array_header_t *text; /* since the last tag */
    int depth, elements;
    int tag; /* bytes since its '<'; 0 outside of a tag */
} document_t;

/* Whether none of the tags in these bytes is too long, so far. */
static int are_tags_short(document_t *document, const char *bytes, int n)
{
    for (int i = 0; i < n && document->tag <= MOST_TAG; i++)
        document->tag = bytes[i] == '>'                    ? 0
                        : bytes[i] == '<' || document->tag ? document->tag + 1
                                                           : 0;
    return document->tag <= MOST_TAG;
}

static int read_file(void *context, char *to, int n)
{
    document_t *document = context;
    apr_size_t length = (apr_size_t)n;
    apr_status_t rv = apr_file_read(document->file, to, &length);
    if (rv != APR_SUCCESS)
        return rv == APR_EOF ? 0 : -1;
    return are_tags_short(document, to, (int)length) ? (int)length : -1;
}

/* Write no error to stderr: the caller sees that the reading ended early. */
static void ignore_error(void *context, const xmlError *error)
{
    (void)context, (void)error;
}

static void add(apr_array_header_t *to, const char *text, apr_size_t length)
{
    for (apr_size_t i = 0; i < length; i++)
        APR_ARRAY_PUSH(to, char) = text[i];
}

static void add_json(document_t *document, const char *text)
{
    const char *made = ej_text_json(document->pool, text);
    add(document->json, made, strlen(made));
    apr_pool_clear(document->pool);
}

/* Write the text that stands before a tag, unless it is blank. */
static ej_code_t end_text(document_t *document)
{
    apr_array_header_t *text = document->text;
    APR_ARRAY_PUSH(text, char) = '\0';
    const char *trimmed = ej_text_trim(document->pool, text->elts);
    apr_size_t length = strlen(trimmed);
    ej_code_t code =
        length && !ej_text_is_clean(trimmed, length, 1) ? JE131 : EJ_OK;
    if (!code && length) {
        add(document->json, ",", 1);
        add_json(document, trimmed);
    }
    apr_array_clear(text);
    apr_pool_clear(document->pool);
    return code;
}

static ej_code_t begin_element(document_t *document, xmlTextReaderPtr reader)
{
    ej_code_t code = document->depth ? end_text(document) : EJ_OK;
    if (!code && ++document->elements > MOST_ELEMENTS)
        code = JE107;
    if (!code && ++document->depth > MOST_DEPTH)
        code = JE131;
    if (code)
        return code;
    if (document->json->nelts)
        add(document->json, ",", 1);
    add(document->json, "[", 1);
    add_json(document, (const char *)xmlTextReaderConstLocalName(reader));
    return EJ_OK;
}

static ej_code_t end_element(document_t *document)
{
    ej_code_t code = end_text(document);
    document->depth--;
    add(document->json, "]", 1);
    return code;
}

static ej_code_t read_node(document_t *document, xmlTextReaderPtr reader)
{
    const char *value;
    ej_code_t code = EJ_OK;
    switch (xmlTextReaderNodeType(reader)) {
    case XML_READER_TYPE_ELEMENT:
        code = begin_element(document, reader);
        if (!code && xmlTextReaderIsEmptyElement(reader))
            code = end_element(document);
        break;
    case XML_READER_TYPE_END_ELEMENT:
        code = end_element(document);
        break;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
        value = (const char *)xmlTextReaderConstValue(reader);
        if (strlen(value) + (apr_size_t)document->text->nelts > MOST_TEXT)
            return JE104;
        add(document->text, value, strlen(value));
        break;
    case XML_READER_TYPE_DOCUMENT_TYPE:
    case XML_READER_TYPE_ENTITY_REFERENCE:
        code = JE131;
        break;
    default: /* blanks, comments, processing instructions */
        break;
    }
    return code;
}

static ej_code_t read_document(document_t *document)
{
    xmlTextReaderPtr reader =
        xmlReaderForIO(read_file, NULL, document, NULL, NULL, XML_PARSE_NONET);
    ej_code_t code = reader ? EJ_OK : JE131;
    int read = 0;
    if (reader)
        xmlTextReaderSetStructuredErrorHandler(
            reader, (xmlStructuredErrorFunc)ignore_error, NULL);
    while (!code && (read = xmlTextReaderRead(reader)) == 1)
        code = read_node(document, reader);
    xmlFreeTextReader(reader);
    return code ? code : read < 0 ? JE131 : EJ_OK;
}

ej_err_t *ej_in_document(const char **json, apr_pool_t *pool,
                         const ej_file_t *file)
{
    apr_pool_t *own;
    apr_off_t start = 0;
    apr_pool_create(&own, pool);
    document_t document = {.file = file->file,
                           .json = apr_array_make(own, 65536, 1),
                           .text = apr_array_make(own, 1024, 1)};
    apr_pool_create(&document.pool, own);
    apr_status_t rv = apr_file_seek(file->file, APR_SET, &start);
    ej_code_t code = rv == APR_SUCCESS ? read_document(&document) : JE510;
    if (!code)
        *json = apr_pstrmemdup(pool, document.json->elts,
                               (apr_size_t)document.json->nelts);
    apr_pool_destroy(own);
    return code ? ej_err(pool, code, file->field, "XML file") : NULL;
}
