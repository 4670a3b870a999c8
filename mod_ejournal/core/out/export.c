/* export.c: writes a table of many rows, in pieces, to a temporary file.
 *
 * Each piece is a page of its own to the sheet, so that the words and the order
 * of the columns are those of the page, and memory holds one piece.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "out/export.h"

#include "out/csv.h"
#include "out/out.h"
#include "out/spool.h"
#include "out/xlsx.h"

struct ej_export_t {
    apr_pool_t *pool;
    request_rec *r;
    const ej_server_t *conf;
    const char *sheet;
    ej_format_t format;
    apr_file_t *file;
    ej_xlsx_t *book;
    int pieces;
};

ej_err_t *ej_export_begin(ej_export_t **made, apr_pool_t *pool, request_rec *r,
                          const ej_server_t *conf, const char *sheet,
                          ej_format_t format)
{
    ej_export_t *export = apr_pcalloc(pool, sizeof *export);
    export->pool = pool;
    export->r = r;
    export->conf = conf;
    export->sheet = sheet;
    export->format = format;
    *made = export;
    EJ_TRY(ej_spool_open(&export->file, pool));
    if (format == EJ_XLSX)
        return ej_xlsx_open(&export->book, pool, export->file);
    const char *mark = ej_csv_mark(format == EJ_RFC4180);
    return ej_spool_put(export->file, mark, strlen(mark));
}

/* The number of rows at the beginning of a table that are its head: those whose
 * second cell is a th. */
static int heads_of(const ej_table_t *table)
{
    int heads = 0;
    while (heads < table->rows->nelts &&
           APR_ARRAY_IDX(table->rows, heads, ej_cell_t *)[1].is_head)
        heads++;
    return heads;
}

static ej_err_t *add_table(void *export_, const apr_array_header_t *tables)
{
    ej_export_t *export = export_;
    if (!tables->nelts)
        return ej_err(export->pool, JE401, "format", "no table");
    ej_table_t *table = APR_ARRAY_IDX(tables, 0, ej_table_t *);
    int from = export->pieces++ ? heads_of(table) : 0;
    table->name = NULL; /* it may be the number of the rows of one piece */
    if (export->book)
        return ej_xlsx_rows(export->book, table, from);
    const char *text =
        ej_csv_rows(tables->pool, table, export->format == EJ_RFC4180, from);
    return ej_spool_put(export->file, text, strlen(text));
}

ej_err_t *ej_export_add(ej_export_t *export, ej_doc_t *doc, apr_pool_t *scratch)
{
    return ej_out_tables(export->r, export->conf, doc, export->sheet, scratch,
                         add_table, export);
}

ej_err_t *ej_export_end(apr_file_t **file, apr_off_t *length,
                        ej_export_t *export)
{
    *file = export->file;
    if (export->book)
        EJ_TRY(ej_xlsx_close(export->book));
    return ej_spool_rewind(length, export->file);
}
