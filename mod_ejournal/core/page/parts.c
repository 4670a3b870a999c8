/* parts.c: a printed document of many parts, and its archive.
 *
 * Each part is a document of its own: its rows are read, it is written to a
 * temporary file, and its memory is used again for the next. When all are read
 * the transaction is committed and the connection given back; then each is
 * transformed by the page's print sheet, and what stands in its <main> is added
 * to the reply. So memory grows with the largest part, and not with their
 * number.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/parts.h"

#include "out/archive.h"
#include "out/send.h"
#include "out/spool.h"
#include "page/frame.h"
#include "page/page.h"
#include "page/taken.h"
#include "text/clock.h"

typedef struct ej_parts_t {
    apr_file_t *file;    /* rows: name of the document that begins, XML */
    apr_pool_t *whole;   /* c->run of the page */
    apr_pool_t *piece;   /* of one part */
    const char *archive; /* the name of its file; NULL: a page */
} parts_t;

/* ------------------------------------------------------------- reading -- */

static ej_err_t *begin(ej_ctx_t *c)
{
    parts_t *parts = apr_pcalloc(c->run, sizeof *parts);
    EJ_TRY(ej_spool_open(&parts->file, c->run));
    parts->whole = c->run;
    apr_pool_create(&parts->piece, c->run);
    c->parts = parts;
    c->deadline = ej_clock() + EJ_PARTS_DEADLINE;
    return NULL;
}

void ej_parts_reset(ej_ctx_t *c)
{
    if (c->parts)
        c->run = c->parts->whole;
    c->parts = NULL;
}

/* Begin an empty part, in the memory of the part before it. */
static void begin_part(ej_ctx_t *c)
{
    apr_pool_clear(c->parts->piece);
    c->run = c->parts->piece;
    ej_db_use(c->db, c->run);
    c->queue = apr_array_make(c->run, 16, sizeof(ej_entry_t));
    c->done = 0;
    c->doc = ej_xml_doc(c->run);
    c->node = NULL;
}

ej_err_t *ej_page_anew(ej_ctx_t *c)
{
    if (!c->parts)
        EJ_TRY(begin(c));
    begin_part(c);
    return NULL;
}

ej_err_t *ej_page_part(ej_ctx_t *c, const char *name)
{
    apr_size_t length;
    EJ_TRY(ej_page_run(c));
    if (!c->parts)
        EJ_TRY(begin(c));
    ej_xml_set(ej_page_node(c), "view", c->view);
    if (c->parts->archive)
        ej_frame_set_kept(c);
    else
        ej_frame_set(c);
    const char *row[] = {name, ej_xml_dump(&length, c->run, c->doc)};
    if (!row[1])
        return ej_err(c->pool, JE500, NULL, "a part was not written");
    EJ_TRY(ej_spool_put_row(c->parts->file, row, 2));
    EJ_TRY(ej_send_is_wanted(c->r));
    begin_part(c);
    return NULL;
}

ej_err_t *ej_page_archive(ej_ctx_t *c, const char *name)
{
    if (!c->parts)
        EJ_TRY(begin(c));
    c->parts->archive = apr_pstrdup(c->pool, name);
    if (!c->taken)
        ej_taken_begin(c);
    return NULL;
}

/* -------------------------------------------------------------- making -- */

/* What is being made, and how far it is. */
typedef struct {
    ej_archive_t *archive; /* or NULL: one page */
    apr_file_t *page;
    const char *tail; /* what closes the page */
} making_t;

/* Add a part's HTML to the page: the first as a whole, of the others the
 * content of <main>. */
static ej_err_t *add_html(ej_ctx_t *c, making_t *making, const char *text)
{
    int is_first = !making->tail;
    const char *end = ej_archive_last(text, "</main>");
    if (!end)
        return ej_err(c->pool, JE500, NULL, "a form without <main>");
    if (is_first)
        making->tail = apr_pstrdup(c->pool, end);
    return ej_archive_put(making->page, is_first ? text : strstr(text, "<main"),
                          end, is_first);
}

static ej_err_t *add_part(ej_ctx_t *c, making_t *making, apr_pool_t *pool,
                          const char *const *row)
{
    const char *html;
    ej_doc_t *doc = ej_xml_doc(pool);
    if (!ej_xml_read(ej_xml_page(doc), row[1]))
        return ej_err(c->pool, JE500, NULL, "a part that is no XML");
    EJ_TRY(ej_out_print(&html, c->r, pool, c->request->conf, doc,
                        ej_frame_sheet(c)));
    if (!making->archive)
        return add_html(c, making, html);
    if (row[0])
        EJ_TRY(ej_archive_begin(making->archive, row[0]));
    return ej_archive_add(making->archive, html, row[1]);
}

static ej_err_t *add_all(ej_ctx_t *c, making_t *making, apr_pool_t *pool)
{
    const char *row[2];
    ej_err_t *err = ej_spool_rewind(NULL, c->parts->file);
    while (!err && ej_spool_next_row(row, 2, c->parts->file, pool)) {
        err = add_part(c, making, pool, row);
        if (!err)
            err = ej_send_is_wanted(c->r);
        apr_pool_clear(pool);
    }
    return err;
}

ej_err_t *ej_parts_make(apr_file_t **file, apr_off_t *length, ej_ctx_t *c)
{
    apr_pool_t *pool;
    making_t making = {NULL, NULL, NULL};
    apr_pool_create(&pool, c->pool);
    if (c->parts->archive)
        EJ_TRY(ej_archive_open(&making.archive, c->pool, c->request->conf));
    else
        EJ_TRY(ej_spool_open(&making.page, c->pool));
    EJ_TRY(add_all(c, &making, pool));
    apr_pool_destroy(pool);
    if (making.archive)
        return ej_archive_close(file, length, making.archive);
    EJ_TRY(ej_spool_put(making.page, making.tail, strlen(making.tail)));
    *file = making.page;
    return ej_spool_rewind(length, making.page);
}

const char *ej_parts_type(const ej_ctx_t *c)
{
    return c->parts->archive ? "application/zip" : "text/html; charset=utf-8";
}

const char *ej_parts_name(const ej_ctx_t *c)
{
    return c->parts->archive;
}
