/* bundle.c: tables of any size as one ZIP of CSV files, with a manifest and
 * SHA256SUMS.
 *
 * The rows of a file go from the database into a temporary file, one by one,
 * and from there into the ZIP, which is another; then the same space is used
 * for the next. All are read in one READ ONLY snapshot. Then the transaction
 * is committed, the connection given back, and what was taken is entered in a
 * transaction of its own, before the first byte is sent. Memory does not grow
 * with the number of rows.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/bundle.h"

#include <apr_escape.h>

#include "conf/digest.h"
#include "http/params.h"
#include "out/send.h"
#include "out/spool.h"
#include "out/zip.h"
#include "page/page.h"
#include "page/stream.h"
#include "text/clock.h"

#define MANIFEST "manifest.csv"

/* One file while it is written. */
typedef struct {
    apr_file_t *file;
    ej_digest_t *digest;
    apr_off_t size;
    apr_int64_t rows; /* without its head */
} member_t;

typedef struct ej_bundle_t {
    const char *name, *entered;
    ej_zip_t *zip;
    member_t manifest, sums;
    member_t piece;    /* the present file */
    apr_pool_t *space; /* of the present file */
    apr_int64_t rows;  /* of all tables */
    int has_manifest;  /* one of the files is a manifest: no other is made */
    const char *sha256;
    apr_file_t *whole;
    apr_off_t length;
} bundle_t;

/* --------------------------------------------------------------- files -- */

static ej_err_t *begin(member_t *member, apr_pool_t *pool)
{
    *member = (member_t){.digest = ej_digest_new(pool)};
    return ej_spool_open(&member->file, pool);
}

static ej_err_t *put(member_t *member, const char *text)
{
    apr_size_t length = strlen(text);
    ej_digest_bytes(member->digest, text, length);
    member->size += (apr_off_t)length;
    return ej_spool_put(member->file, text, length);
}

static const char *hex_of(member_t *member, apr_pool_t *pool)
{
    unsigned char sum[EJ_DIGEST];
    ej_digest_end(member->digest, sum);
    return apr_pescape_hex(pool, sum, EJ_DIGEST, 0);
}

/* Add a file to the ZIP, and its digest to the list, as sha256sum has it. */
static ej_err_t *add(bundle_t *bundle, const char *name, member_t *member,
                     apr_pool_t *pool)
{
    EJ_TRY(put(&bundle->sums, apr_pstrcat(pool, hex_of(member, pool), "  ",
                                          name, "\n", NULL)));
    return ej_zip_add(bundle->zip, name, member->file);
}

/* Add the present file, and its line to the manifest: the number of rows of a
 * table, the bytes of any file. */
static ej_err_t *end_piece(bundle_t *bundle, const char *name)
{
    member_t *piece = &bundle->piece;
    int is_table = !strncmp(name, "tables/", strlen("tables/"));
    const char *rows =
        is_table ? apr_psprintf(bundle->space, "%" APR_INT64_T_FMT, piece->rows)
                 : "";
    EJ_TRY(put(&bundle->manifest,
               apr_psprintf(bundle->space, "\"%s\",%s,%" APR_OFF_T_FMT "\n",
                            name, rows, piece->size)));
    bundle->rows += is_table ? piece->rows : 0;
    bundle->has_manifest |= !strcmp(name, MANIFEST);
    return add(bundle, name, piece, bundle->space);
}

static ej_err_t *end_all(bundle_t *bundle, apr_pool_t *pool)
{
    if (!bundle->has_manifest)
        EJ_TRY(add(bundle, MANIFEST, &bundle->manifest, pool));
    bundle->sha256 =
        apr_pstrcat(pool, "\\x", hex_of(&bundle->sums, pool), NULL);
    if (!bundle->has_manifest)
        EJ_TRY(ej_zip_add(bundle->zip, "SHA256SUMS", bundle->sums.file));
    return ej_zip_close(&bundle->whole, &bundle->length, bundle->zip);
}

/* ------------------------------------------------------------- reading -- */

/* Put a line and its end into the present file. */
static ej_err_t *put_text(member_t *piece, const char *line)
{
    EJ_TRY(put(piece, line ? line : ""));
    return put(piece, "\n");
}

static ej_err_t *put_row(void *piece_, const ej_result_t *row)
{
    member_t *piece = piece_;
    piece->rows++;
    return put_text(piece, ej_result_get(row, 0, 0));
}

/* Read the lines of the present file, some thousand at a time. */
static ej_err_t *read_lines(ej_ctx_t *c, const char *lines)
{
    member_t *piece = &c->bundle->piece;
    ej_entry_t *entry = ej_page_entry(c, lines, c->params);
    ej_step_t step = {.query = entry->query, .values = entry->values};
    apr_int64_t before;
    do {
        before = piece->rows;
        EJ_TRY(ej_send_is_wanted(c->r));
        EJ_TRY(ej_db_stream(c->db, &step, put_row, piece, c->deadline));
    } while (piece->rows > before);
    return NULL;
}

/* Read the file of this row: its number, name and first line. */
static ej_err_t *read_file(ej_ctx_t *c, const ej_result_t *files, int row,
                           const char *lines)
{
    bundle_t *bundle = c->bundle;
    apr_pool_clear(bundle->space);
    EJ_TRY(begin(&bundle->piece, bundle->space));
    EJ_TRY(put_text(&bundle->piece, ej_result_get(files, row, 2)));
    ej_params_set(c->params, "n", ej_result_get(files, row, 0));
    EJ_TRY(read_lines(c, lines));
    return end_piece(bundle, ej_result_get(files, row, 1));
}

/* Begin the ZIP, and let the statements of the page take their time. */
static ej_err_t *open_bundle(ej_ctx_t *c, const char *name, const char *entered)
{
    bundle_t *bundle = apr_pcalloc(c->run, sizeof *bundle);
    bundle->name = name;
    bundle->entered = entered;
    apr_pool_create(&bundle->space, c->run);
    EJ_TRY(ej_zip_open(&bundle->zip, c->run));
    EJ_TRY(begin(&bundle->manifest, c->run));
    EJ_TRY(begin(&bundle->sums, c->run));
    c->bundle = bundle;
    c->deadline = ej_clock() + EJ_STREAM_DEADLINE;
    ej_params_set(
        c->params, "milliseconds",
        apr_psprintf(c->run, "%d", (int)apr_time_as_msec(EJ_STREAM_DEADLINE)));
    ej_page_exec(c, "core_patience", c->params);
    return put(&bundle->manifest, "\"file\",\"rows\",\"size\"\n");
}

ej_err_t *ej_page_bundle(ej_ctx_t *c, const char *name, const char *files,
                         const char *lines, const char *entered)
{
    EJ_TRY(open_bundle(c, name, entered));
    int at = c->queue->nelts;
    ej_page_rows(c, ej_page_node(c), files, c->params);
    EJ_TRY(ej_page_send(c, 0));
    const ej_result_t *found = APR_ARRAY_IDX(c->queue, at, ej_entry_t).result;
    if (!ej_result_rows(found))
        return ej_err(c->pool, JE401, NULL, files);
    for (int row = 0; row < ej_result_rows(found); row++)
        EJ_TRY(read_file(c, found, row, lines));
    return end_all(c->bundle, c->run);
}

ej_err_t *ej_bundle_enter(ej_ctx_t *c)
{
    if (!c->bundle)
        return NULL;
    ej_params_set(c->params, "lines",
                  apr_psprintf(c->run, "%" APR_INT64_T_FMT, c->bundle->rows));
    ej_params_set(c->params, "sha256", c->bundle->sha256);
    return ej_page_ask(c, ej_page_entry(c, c->bundle->entered, c->params));
}

const char *ej_bundle_file(apr_file_t **file, apr_off_t *length,
                           const ej_ctx_t *c)
{
    *file = c->bundle->whole;
    *length = c->bundle->length;
    return c->bundle->name;
}
