/* revision.c: the ETag of a page, and 304 for a page that has not changed.
 *
 *   "<frame>-<results>"   or "<results>" for a page without a revision
 *
 * frame    digest of request, person, sheets, queries and the page's
 *          revision. The database makes the revision, a keyed digest of the
 *          writes to the page's records, of rights and of the day
 *          (sql/objects/revision.sql)
 * results  digest of request, person, sheets, queries and the results of
 *          the page's queries
 *
 * If the browser sends the present frame, the page is answered with 304 after
 * one small statement. Otherwise all queries run; equal results are answered
 * with 304 too, without making a document. Neither digest tells anything about
 * the server or other schools.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/revision.h"

#include <apr_escape.h>

#include "page/frame.h"
#include "page/page.h"
#include "text/text.h"

#define FRAME_LENGTH 16 /* hexadecimal digits */
#define RESULTS_LENGTH 32

/* One entity tag of If-None-Match, without quotes; frame is NULL when the tag
 * has none. */
typedef struct {
    const char *frame, *results;
} tag_t;

/* Copy length hexadecimal digits at *s and move *s behind them. */
static const char *take_hex(apr_pool_t *pool, const char **s, apr_size_t length)
{
    if (strspn(*s, "0123456789abcdef") < length)
        return NULL;
    const char *taken = apr_pstrmemdup(pool, *s, length);
    *s += length;
    return taken;
}

/* Read one tag; s is behind its opening quote. mod_deflate and mod_brotli
 * append "-gzip" and "-br" to the tags that they pass on. */
static int read_tag(tag_t *tag, apr_pool_t *pool, const char *s)
{
    memset(tag, 0, sizeof *tag);
    if (strcspn(s, "-\"") == FRAME_LENGTH) {
        tag->frame = take_hex(pool, &s, FRAME_LENGTH);
        if (!tag->frame || *s++ != '-')
            return 0;
    }
    tag->results = take_hex(pool, &s, RESULTS_LENGTH);
    return tag->results &&
           (*s == '"' || !strncmp(s, "-gzip\"", 6) || !strncmp(s, "-br\"", 4));
}

/* The tags of If-None-Match that have this form; any others are skipped. */
static apr_array_header_t *sent_tags(request_rec *r)
{
    apr_array_header_t *tags = apr_array_make(r->pool, 1, sizeof(tag_t));
    const char *s = apr_table_get(r->headers_in, "If-None-Match");
    while (s && (s = strchr(s, '"')) != NULL && tags->nelts < 8) {
        tag_t tag;
        if (read_tag(&tag, r->pool, ++s))
            APR_ARRAY_PUSH(tags, tag_t) = tag;
        s = strchr(s, '"');
        s = s ? s + 1 : NULL;
    }
    return tags;
}

/* -------------------------------------------------------- before queries -- */

void ej_page_revision(ej_ctx_t *c, const char *query, ej_params_t *p)
{
    if (!c->is_write && c->r->method_number == M_GET)
        c->revision = ej_page_entry(c, query, p);
}

/* The frame digest, after the revision query ran; NULL for a page without a
 * revision, or when the database returned none. */
static const char *frame_of(ej_ctx_t *c)
{
    unsigned char sum[EJ_DIGEST];
    const ej_result_t *rows = c->revision ? c->revision->result : NULL;
    const char *revision =
        rows && ej_result_rows(rows) == 1 ? ej_result_get(rows, 0, 0) : NULL;
    if (!revision)
        return NULL;
    ej_digest_t *digest = ej_digest_new(c->run);
    ej_frame_digest(c, digest);
    ej_digest_add(digest, revision, strlen(revision));
    ej_digest_end(digest, sum);
    return apr_pescape_hex(c->pool, sum, FRAME_LENGTH / 2, 0);
}

ej_err_t *ej_revision_ask(ej_ctx_t *c)
{
    const char *frame = NULL;
    /* a page that is taken away is made and recorded every time */
    if (!c->revision || c->has_begun || c->taken)
        return NULL;
    apr_array_header_t *tags = sent_tags(c->r);
    for (int i = 0; i < tags->nelts; i++) {
        const tag_t *tag = &APR_ARRAY_IDX(tags, i, tag_t);
        if (!tag->frame)
            continue;
        if (!c->revision->result) {
            EJ_TRY(ej_page_ask(c, c->revision));
            frame = frame_of(c);
        }
        if (frame && !strcmp(frame, tag->frame))
            c->same = apr_pstrcat(c->pool, "\"", frame, "-", tag->results, "\"",
                                  NULL);
    }
    return NULL;
}

/* --------------------------------------------------------- after queries -- */

int ej_revision_is_same(ej_ctx_t *c)
{
    unsigned char sum[EJ_DIGEST];
    if (c->same) {
        apr_table_setn(c->r->headers_out, "ETag", c->same);
        return 1;
    }
    ej_frame_digest(c, c->etag);
    ej_digest_end(c->etag, sum);
    const char *results = apr_pescape_hex(c->pool, sum, RESULTS_LENGTH / 2, 0);
    const char *frame = frame_of(c);
    const char *tag = apr_pstrcat(c->pool, "\"", frame ? frame : "",
                                  frame ? "-" : "", results, "\"", NULL);
    apr_table_setn(c->r->headers_out, "ETag", tag);
    apr_array_header_t *tags = sent_tags(c->r);
    const char *sent = apr_table_get(c->r->headers_in, "If-None-Match");
    if (sent && !strcmp(ej_text_trim(c->pool, sent), "*"))
        return 1; /* "*" matches every page */
    for (int i = 0; i < tags->nelts; i++)
        if (!strcmp(APR_ARRAY_IDX(tags, i, tag_t).results, results))
            return 1;
    return 0;
}
