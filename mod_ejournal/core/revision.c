/* revision.c: the validator of a page, and the page that is as it was.
 *
 *   "<at>-<frame>-<answers>"   or "<answers>" of a page without a revision
 *
 * at       the snapshot that the page was read in: numbers of transactions,
 *          with a point between them (sql/objects/revision.sql)
 * frame    digest of what the page is besides its answers: request, person,
 *          sheets and queries, rights, day
 * answers  digest of the answers, request, person, sheets and queries
 *
 * A page asked for with its own frame, under whose heads nothing was written
 * since, is answered 304 after one small statement. Else it is asked whole;
 * equal answers are 304 all the same, without document or transform.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "revision.h"

#include <apr_lib.h>

#define AT_NUMBERS 10   /* in a snapshot, at most */
#define AT_DIGITS 19    /* that fit xid8 whatever they are */
#define FRAME_LENGTH 16 /* hexadecimal digits */
#define ANSWERS_LENGTH 32

/* One entity tag of If-None-Match, without quotes; at and frame are NULL when
 * the tag has none. */
typedef struct {
    const char *at, *frame, *answers;
} tag_t;

/* Cut length hexadecimal digits off *s. */
static const char *take_hex(apr_pool_t *pool, const char **s, apr_size_t length)
{
    if (strspn(*s, "0123456789abcdef") < length)
        return NULL;
    const char *taken = apr_pstrmemdup(pool, *s, length);
    *s += length;
    return taken;
}

/* Cut a snapshot with the dash behind it off *s. */
static const char *take_at(apr_pool_t *pool, const char **s)
{
    const char *at = *s;
    for (int i = 0; i < AT_NUMBERS; i++) {
        apr_size_t digits = strspn(at, "0123456789");
        if (!digits || digits > AT_DIGITS)
            return NULL;
        at += digits;
        if (*at == '-') {
            const char *taken = apr_pstrmemdup(pool, *s, (apr_size_t)(at - *s));
            *s = at + 1;
            return taken;
        }
        if (*at++ != '.')
            return NULL;
    }
    return NULL;
}

/* Read what stands after a quote. mod_deflate and mod_brotli append "-gzip"
 * and "-br" to the tags that they pass on. */
static int read_tag(tag_t *tag, apr_pool_t *pool, const char *s)
{
    memset(tag, 0, sizeof *tag);
    tag->at = take_at(pool, &s);
    if (tag->at) {
        tag->frame = take_hex(pool, &s, FRAME_LENGTH);
        if (!tag->frame || *s++ != '-')
            return 0;
    }
    tag->answers = take_hex(pool, &s, ANSWERS_LENGTH);
    return tag->answers &&
           (*s == '"' || !strncmp(s, "-gzip\"", 6) || !strncmp(s, "-br\"", 4));
}

/* The tags of If-None-Match that are of our form. */
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

/* ---------------------------------------------------------- the question -- */

void ej_page_revision(ej_ctx_t *c, const char *query, ej_params_t *p)
{
    if (!c->is_write && c->r->method_number == M_GET)
        c->revision = ej_ctx_entry(c, query, p);
}

/* The columns of sql/objects/revision.sql; of is NULL when it cannot be told
 * what the rights hang on. */
static const char *answer(const ej_ctx_t *c, const char *column)
{
    const ej_result_t *rows = c->revision ? c->revision->result : NULL;
    int k = rows && ej_result_rows(rows) ? ej_result_column(rows, column) : -1;
    return k < 0 ? NULL : ej_result_get(rows, 0, k);
}

static const char *frame_of(ej_ctx_t *c)
{
    unsigned char sum[EJ_DIGEST];
    const char *of = answer(c, "of");
    if (!of)
        return NULL;
    ej_digest_t *digest = ej_digest_new(c->run);
    ej_page_add_frame(c, digest);
    ej_digest_add(digest, of, strlen(of));
    ej_digest_end(digest, sum);
    return ej_text_hex(c->pool, sum, FRAME_LENGTH / 2);
}

ej_err_t *ej_revision_ask(ej_ctx_t *c)
{
    if (!c->revision || c->has_begun)
        return NULL;
    apr_array_header_t *tags = sent_tags(c->r);
    for (int i = 0; i < tags->nelts; i++) {
        const tag_t *tag = &APR_ARRAY_IDX(tags, i, tag_t);
        if (!tag->at)
            continue;
        char *since = apr_pstrcat(c->run, "{", tag->at, "}", NULL);
        for (char *point = since; (point = strchr(point, '.')) != NULL;)
            *point = ',';
        EJ_TRY(ej_ctx_ask(c, c->revision, "since", since));
        const char *is_same = answer(c, "is_same");
        const char *frame = frame_of(c);
        if (is_same && *is_same == 't' && frame && !strcmp(frame, tag->frame))
            c->same = apr_pstrcat(c->pool, "\"", tag->at, "-", tag->frame, "-",
                                  tag->answers, "\"", NULL);
        return NULL; /* one question: browsers send one tag */
    }
    return NULL;
}

/* ------------------------------------------------------------ the answer -- */

int ej_revision_is_same(ej_ctx_t *c)
{
    unsigned char sum[EJ_DIGEST];
    if (c->same) {
        apr_table_setn(c->r->headers_out, "ETag", c->same);
        return 1;
    }
    ej_page_add_frame(c, c->etag);
    ej_digest_end(c->etag, sum);
    const char *answers = ej_text_hex(c->pool, sum, ANSWERS_LENGTH / 2);
    const char *frame = frame_of(c);
    const char *tag = frame ? apr_pstrcat(c->pool, "\"", answer(c, "at"), "-",
                                          frame, "-", answers, "\"", NULL)
                            : apr_pstrcat(c->pool, "\"", answers, "\"", NULL);
    apr_table_setn(c->r->headers_out, "ETag", tag);
    apr_array_header_t *tags = sent_tags(c->r);
    const char *sent = apr_table_get(c->r->headers_in, "If-None-Match");
    if (sent && !strcmp(ej_text_trim(c->pool, sent), "*"))
        return 1; /* any there is */
    for (int i = 0; i < tags->nelts; i++)
        if (!strcmp(APR_ARRAY_IDX(tags, i, tag_t).answers, answers))
            return 1;
    return 0;
}
