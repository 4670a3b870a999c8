/* stream.c: a table of any number of rows, as CSV or XLSX.
 *
 * The rows go from the database into a temporary file, one by one; then the
 * transaction is committed and the connection given back. The reply is made of
 * them in a second temporary file, a thousand rows at a time, and sent when it
 * is whole. Memory does not grow with the number of rows.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/stream.h"

#include "out/export.h"
#include "out/send.h"
#include "out/spool.h"
#include "page/frame.h"
#include "page/taken.h"
#include "text/clock.h"

#define PIECE 1000 /* rows for one transform, and between looks at the client */

typedef struct ej_stream_t {
    apr_file_t *rows;
    apr_int64_t count;
    int columns;
    const char **names;
    char *is_bool;
} stream_t;

void ej_stream_begin(ej_ctx_t *c, ej_entry_t *entry)
{
    c->stream = apr_pcalloc(c->run, sizeof *c->stream);
    c->streamed = entry;
    c->deadline = ej_clock() + EJ_STREAM_DEADLINE;
}

/* ------------------------------------------------------------- reading -- */

static void keep_names(ej_ctx_t *c, stream_t *stream, const ej_result_t *row)
{
    stream->columns = ej_result_columns(row);
    stream->names = apr_pcalloc(c->run, stream->columns * sizeof(char *));
    stream->is_bool = apr_pcalloc(c->run, (apr_size_t)stream->columns);
    for (int i = 0; i < stream->columns; i++) {
        stream->names[i] = apr_pstrdup(c->run, ej_result_name(row, i));
        stream->is_bool[i] = (char)ej_result_is_bool(row, i);
    }
}

static ej_err_t *keep_row(void *c_, const ej_result_t *row)
{
    ej_ctx_t *c = c_;
    stream_t *stream = c->stream;
    const char *texts[64];
    if (!stream->count)
        keep_names(c, stream, row);
    if (stream->columns > 64)
        return ej_err(c->pool, JE500, NULL, "too many columns");
    if (stream->count++ % PIECE == 0)
        EJ_TRY(ej_send_is_wanted(c->r));
    ej_taken_add(c, row);
    for (int i = 0; i < stream->columns; i++)
        texts[i] = ej_result_get(row, 0, i);
    return ej_spool_put_row(stream->rows, texts, stream->columns);
}

ej_err_t *ej_stream_read(ej_ctx_t *c)
{
    ej_step_t step = {.query = c->streamed->query,
                      .values = c->streamed->values};
    EJ_TRY(ej_spool_open(&c->stream->rows, c->run));
    EJ_TRY(ej_db_stream(c->db, &step, keep_row, c, c->deadline));
    return ej_spool_rewind(NULL, c->stream->rows);
}

/* -------------------------------------------------------------- making -- */

/* Append one row's element to node; 0 at the end of the rows. */
static int add_row(ej_node_t *node, const ej_ctx_t *c, apr_pool_t *pool)
{
    const stream_t *stream = c->stream;
    const char *texts[64];
    if (!ej_spool_next_row(texts, stream->columns, stream->rows, pool))
        return 0;
    ej_node_t *row = ej_xml_add(node, c->streamed->query->element);
    for (int i = 0; i < stream->columns; i++) {
        const char *text = texts[i];
        if (text && stream->is_bool[i])
            text = *text == 't' ? "1" : NULL;
        ej_xml_set(row, stream->names[i], text);
    }
    return 1;
}

/* Make the document of a page with the next rows, and add it to the file. */
static ej_err_t *add_piece(int *is_more, ej_ctx_t *c, ej_export_t *export,
                           apr_pool_t *pool)
{
    ej_node_t *whole = c->node;
    ej_doc_t *doc = c->doc;
    int n = 0;
    c->doc = ej_xml_doc(pool);
    ej_frame_set(c);
    ej_node_t *node = ej_xml_add(ej_xml_page(c->doc), c->route->feature);
    ej_xml_copy(node, whole);
    while (n < PIECE && c->stream->columns && add_row(node, c, pool))
        n++;
    *is_more = n == PIECE;
    ej_err_t *err =
        n || !c->stream->count ? ej_export_add(export, c->doc, pool) : NULL;
    c->doc = doc;
    return err ? err : ej_send_is_wanted(c->r);
}

ej_err_t *ej_stream_make(apr_file_t **file, apr_off_t *length, ej_ctx_t *c)
{
    apr_pool_t *piece;
    ej_export_t *export;
    ej_err_t *err = NULL;
    int is_more = 1;
    EJ_TRY(ej_export_begin(&export, c->pool, c->r, c->request->conf,
                           c->route->feature, c->format));
    apr_pool_create(&piece, c->pool);
    while (is_more && !err) {
        apr_pool_clear(piece);
        err = add_piece(&is_more, c, export, piece);
    }
    return err ? err : ej_export_end(file, length, export);
}
