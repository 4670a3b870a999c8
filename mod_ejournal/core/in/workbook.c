/* workbook.c: reads the first sheet of an XLSX workbook.
 *
 * A workbook is a ZIP archive of XML files. Each is read as a stream, within
 * limits of entries, unpacked size and ratio of packing. A DOCTYPE is refused:
 * no workbook has one, and entities come with it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "in/workbook.h"

#include <libxml/xmlreader.h>
#include <stdlib.h>

#include "in/unzip.h"

#define MOST_STRINGS 200000

/* One XML file of the archive, while it is read. */
typedef struct {
    zip_file_t *file;
    zip_int64_t left;
    xmlTextReaderPtr reader;
} entry_t;

/* ------------------------------------------------------------- entries -- */

static int read_entry(void *context, char *to, int n)
{
    entry_t *entry = context;
    zip_int64_t got = zip_fread(entry->file, to, (zip_uint64_t)n);
    entry->left -= got;
    return got < 0 || entry->left < 0 ? -1 : (int)got;
}

/* The caller sees that the reading ended early; nothing goes to stderr. */
static void ignore_error(void *context, const xmlError *error)
{
    (void)context, (void)error;
}

static apr_status_t close_entry(void *data)
{
    entry_t *entry = data;
    xmlFreeTextReader(entry->reader);
    zip_fclose(entry->file);
    return APR_SUCCESS;
}

/* Open an XML file of the archive; NULL when there is none within the limits.
 * It is closed with pool. */
static xmlTextReaderPtr open_entry(apr_pool_t *pool, zip_t *zip,
                                   const char *name)
{
    zip_int64_t size = ej_unzip_size(zip, name);
    if (size < 0)
        return NULL;
    entry_t *entry = apr_pcalloc(pool, sizeof *entry);
    entry->left = size;
    entry->file = zip_fopen(zip, name, 0);
    if (!entry->file)
        return NULL;
    entry->reader =
        xmlReaderForIO(read_entry, NULL, entry, NULL, NULL, XML_PARSE_NONET);
    if (!entry->reader) {
        zip_fclose(entry->file);
        return NULL;
    }
    apr_pool_cleanup_register(pool, entry, close_entry, apr_pool_cleanup_null);
    xmlTextReaderSetStructuredErrorHandler(
        entry->reader, (xmlStructuredErrorFunc)ignore_error, NULL);
    return entry->reader;
}

/* Move to the next node: its type; 0 at the end, -1 for bad XML or a DOCTYPE.
 */
static int next_node(xmlTextReaderPtr reader)
{
    int read = xmlTextReaderRead(reader);
    int type = read == 1 ? xmlTextReaderNodeType(reader) : read;
    return type == XML_READER_TYPE_DOCUMENT_TYPE ||
                   type == XML_READER_TYPE_ENTITY_REFERENCE
               ? -1
               : type;
}

static int is_named(xmlTextReaderPtr reader, const char *name)
{
    const xmlChar *found = xmlTextReaderConstLocalName(reader);
    return found && !strcmp((const char *)found, name);
}

static const char *attribute(apr_pool_t *pool, xmlTextReaderPtr reader,
                             const char *name)
{
    xmlChar *value = xmlTextReaderGetAttribute(reader, (const xmlChar *)name);
    const char *made = value ? apr_pstrdup(pool, (const char *)value) : NULL;
    xmlFree(value);
    return made;
}

/* ------------------------------------------------------ strings, sheets -- */

/* The attribute of the first element of this name for which the attribute key
 * is wanted (NULL: of the first); NULL without one. */
static const char *find(apr_pool_t *pool, zip_t *zip, const char *entry,
                        const char *element, const char *key,
                        const char *wanted, const char *name)
{
    xmlTextReaderPtr reader = open_entry(pool, zip, entry);
    for (int type; reader && (type = next_node(reader)) > 0;)
        if (type == XML_READER_TYPE_ELEMENT && is_named(reader, element)) {
            const char *found = key ? attribute(pool, reader, key) : NULL;
            if (!key || (found && !strcmp(found, wanted)))
                return attribute(pool, reader, name);
        }
    return NULL;
}

/* The entry of the first sheet. */
static const char *first_sheet(apr_pool_t *pool, zip_t *zip)
{
    const char *id =
        find(pool, zip, "xl/workbook.xml", "sheet", NULL, NULL, "r:id");
    const char *target = id ? find(pool, zip, "xl/_rels/workbook.xml.rels",
                                   "Relationship", "Id", id, "Target")
                            : NULL;
    if (!target)
        return NULL;
    return *target == '/' ? target + 1 : apr_pstrcat(pool, "xl/", target, NULL);
}

/* Append the text of the present node to a growing text. */
static void add_text(apr_array_header_t *text, xmlTextReaderPtr reader)
{
    const char *value = (const char *)xmlTextReaderConstValue(reader);
    for (; value && *value; value++)
        APR_ARRAY_PUSH(text, char) = *value;
}

static const char *take_text(apr_pool_t *pool, apr_array_header_t *text)
{
    const char *made =
        apr_pstrmemdup(pool, text->elts, (apr_size_t)text->nelts);
    apr_array_clear(text);
    return made;
}

static int is_text(int type)
{
    return type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
           type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE ||
           type == XML_READER_TYPE_WHITESPACE;
}

/* Read the strings that cells share; a workbook may have none. */
static ej_code_t read_strings(apr_array_header_t *strings, apr_pool_t *pool,
                              zip_t *zip)
{
    static const char name[] = "xl/sharedStrings.xml";
    apr_array_header_t *text = apr_array_make(pool, 256, 1);
    int type, is_in = 0; /* in a <t>, which is no reading aid (<rPh>) */
    int aids = 0;
    if (zip_name_locate(zip, name, 0) < 0)
        return EJ_OK;
    xmlTextReaderPtr reader = open_entry(pool, zip, name);
    if (!reader)
        return JE131;
    while ((type = next_node(reader)) > 0) {
        int is_start = type == XML_READER_TYPE_ELEMENT;
        int is_end = type == XML_READER_TYPE_END_ELEMENT ||
                     (is_start && xmlTextReaderIsEmptyElement(reader));
        if (is_text(type) && is_in && !aids)
            add_text(text, reader);
        else if ((is_start || is_end) && is_named(reader, "t"))
            is_in = is_start && !is_end;
        else if ((is_start || is_end) && is_named(reader, "rPh"))
            aids += is_start - is_end;
        else if (is_end && is_named(reader, "si")) {
            if (strings->nelts == MOST_STRINGS)
                return JE131;
            APR_ARRAY_PUSH(strings, const char *) = take_text(pool, text);
        }
    }
    return type < 0 ? JE131 : EJ_OK;
}

/* --------------------------------------------------------------- cells -- */

/* The sheet while it is read. */
typedef struct {
    ej_rows_t *rows;
    apr_pool_t *pool; /* cleared for each cell */
    const apr_array_header_t *strings;
    apr_array_header_t *text;
    int line, column, is_shared, is_in;
} sheet_t;

/* The number of a column by its letters ("AB12": 28); 0 without letters. */
static int column_of(const char *place)
{
    int column = 0;
    for (; place && *place >= 'A' && *place <= 'Z' && column < 1000; place++)
        column = column * 26 + (*place - 'A' + 1);
    return column;
}

static void begin_element(sheet_t *sheet, xmlTextReaderPtr reader)
{
    if (is_named(reader, "row")) {
        const char *line = attribute(sheet->pool, reader, "r");
        int number = line ? atoi(line) : 0;
        sheet->line = number > sheet->line ? number : sheet->line + 1;
        sheet->column = 0;
    }
    else if (is_named(reader, "c")) {
        const char *type = attribute(sheet->pool, reader, "t");
        int column = column_of(attribute(sheet->pool, reader, "r"));
        sheet->column = column > sheet->column ? column : sheet->column + 1;
        sheet->is_shared = type && !strcmp(type, "s");
    }
    else if (is_named(reader, "v") || is_named(reader, "t"))
        sheet->is_in = !xmlTextReaderIsEmptyElement(reader);
}

static ej_code_t end_element(sheet_t *sheet, xmlTextReaderPtr reader)
{
    if (is_named(reader, "v") || is_named(reader, "t"))
        sheet->is_in = 0;
    if (!is_named(reader, "c") || !sheet->text->nelts)
        return EJ_OK;
    const char *text = take_text(sheet->pool, sheet->text);
    if (sheet->is_shared) {
        int i = atoi(text);
        if (i < 0 || i >= sheet->strings->nelts)
            return JE131;
        text = APR_ARRAY_IDX(sheet->strings, i, const char *);
    }
    if (!sheet->line || sheet->column > 1000)
        return JE131;
    ej_code_t code =
        ej_rows_cell(sheet->rows, sheet->line, sheet->column, text);
    apr_pool_clear(sheet->pool);
    return code;
}

static ej_code_t read_sheet(sheet_t *sheet, xmlTextReaderPtr reader)
{
    ej_code_t code = EJ_OK;
    int type;
    while (!code && (type = next_node(reader)) > 0) {
        if (type == XML_READER_TYPE_ELEMENT)
            begin_element(sheet, reader);
        else if (type == XML_READER_TYPE_END_ELEMENT)
            code = end_element(sheet, reader);
        else if (is_text(type) && sheet->is_in)
            add_text(sheet->text, reader);
    }
    return code ? code : type < 0 ? JE131 : EJ_OK;
}

ej_code_t ej_workbook_read(ej_rows_t *rows, apr_pool_t *pool, apr_file_t *file)
{
    sheet_t sheet = {.rows = rows};
    zip_t *zip = ej_unzip_open(pool, file);
    const char *name = zip ? first_sheet(pool, zip) : NULL;
    xmlTextReaderPtr reader = name ? open_entry(pool, zip, name) : NULL;
    apr_array_header_t *strings = apr_array_make(pool, 256, sizeof(char *));
    if (!reader)
        return JE131;
    ej_code_t code = read_strings(strings, pool, zip);
    sheet.strings = strings;
    sheet.text = apr_array_make(pool, 256, 1);
    apr_pool_create(&sheet.pool, pool);
    return code ? code : read_sheet(&sheet, reader);
}
