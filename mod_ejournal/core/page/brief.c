/* brief.c: the page that refuses a guess without a query or transform, so that
 * a flood of guesses leaves the processors to the other pages.
 *
 * Each child makes the page once for each mount, by the same sheet as any other
 * error page, and keeps its bytes.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/brief.h"

#include <apr_thread_mutex.h>

#include "page/frame.h"
#include "page/refusal.h"

typedef struct {
    const char *text;
    apr_size_t length;
} ej_bytes_t;

struct ej_brief_t {
    apr_thread_mutex_t *mutex; /* of all below */
    apr_pool_t *pool;
    apr_hash_t *pages; /* base of the mount -> ej_bytes_t */
};

void ej_brief_child(apr_pool_t *pchild, server_rec *s)
{
    for (; s; s = s->next) {
        struct ej_brief_t *brief = apr_pcalloc(pchild, sizeof *brief);
        apr_thread_mutex_create(&brief->mutex, APR_THREAD_MUTEX_DEFAULT,
                                pchild);
        apr_pool_create(&brief->pool, pchild);
        brief->pages = apr_hash_make(brief->pool);
        ej_conf_server(s)->brief = brief;
    }
}

/* Make the page, from a context without path, query string and person. */
static ej_err_t *make_page(ej_bytes_t *page, ej_request_t *request)
{
    apr_pool_t *pool = request->r->pool;
    ej_ctx_t *c = apr_pcalloc(pool, sizeof *c);
    c->request = request;
    c->r = request->r;
    c->pool = pool;
    c->format = EJ_HTML;
    c->doc = ej_xml_doc(pool);
    ej_frame_set(c);
    ej_refusal_errors(pool, ej_xml_page(c->doc),
                      ej_err(pool, JE111, NULL, NULL), NULL);
    return ej_out_transform(&page->text, &page->length, request->r,
                            request->conf, c->doc, "error", EJ_HTML);
}

/* Make the page and keep it; the caller holds the mutex. */
static ej_err_t *keep_page(ej_bytes_t **kept, struct ej_brief_t *brief,
                           ej_request_t *request)
{
    ej_bytes_t page;
    EJ_TRY(make_page(&page, request));
    *kept = apr_palloc(brief->pool, sizeof **kept);
    (*kept)->text = apr_pmemdup(brief->pool, page.text, page.length);
    (*kept)->length = page.length;
    apr_hash_set(brief->pages, apr_pstrdup(brief->pool, request->mount->base),
                 APR_HASH_KEY_STRING, *kept);
    return NULL;
}

ej_err_t *ej_brief_find(const char **text, apr_size_t *length,
                        ej_request_t *request)
{
    struct ej_brief_t *brief = request->conf->brief;
    ej_err_t *err = NULL;
    apr_thread_mutex_lock(brief->mutex);
    ej_bytes_t *page =
        apr_hash_get(brief->pages, request->mount->base, APR_HASH_KEY_STRING);
    if (!page)
        err = keep_page(&page, brief, request);
    apr_thread_mutex_unlock(brief->mutex);
    if (err)
        return err;
    *text = page->text;
    *length = page->length;
    return NULL;
}
