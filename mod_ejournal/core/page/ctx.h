/* ctx.h: what the files of page/ know of one page.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_CTX_H
#define EJ_CTX_H

#include "auth/identity.h"
#include "conf/digest.h"
#include "db/db.h"
#include "doc/xml.h"
#include "http/params.h"
#include "http/request.h"
#include "out/out.h"

/* One queued query. */
typedef struct {
    const ej_query_t *query;
    const char **values;
    ej_node_t *parent;
    ej_result_t *result;
    apr_array_header_t *nodes; /* made of its rows */
    int rows, columns;         /* EJ_GRID: entries of rows and columns */
    int is_filled;
} ej_entry_t;

/* One page on its way: a refused form and a log-in that takes a form along show
 * another page than was asked for, so that route, path and identity begin as
 * those of the request and may change. */
struct ej_ctx_t {
    ej_request_t *request;
    request_rec *r;   /* of request */
    apr_pool_t *pool; /* of r */
    const ej_route_t *route;
    const char *path; /* below the mount */
    const ej_identity_t *identity;
    const char *login_token; /* of forms without a session; else NULL */
    ej_params_t *params;
    ej_format_t format;
    int is_fragment; /* the page's script asked for outcomes only */
    int is_write;
    int is_once; /* what it queued happens once, by its operation's id */
    int has_begun;
    apr_pool_t *run; /* of this try: results, document */
    ej_db_t *db;
    apr_array_header_t *queue; /* ej_entry_t */
    int done;                  /* entries run */
    const char *missing;       /* a query that the handler asked for */
    ej_doc_t *doc;
    ej_node_t *node; /* the feature's element */
    const char *view;
    const char *location;
    const char *entered; /* digest of the session that this log-in opened */
    const char *renewal; /* the session's token once this is committed */
    ej_digest_t *etag;
    ej_entry_t *revision; /* what tells whether the page is as it was */
    const char *same;     /* the tag that the browser sent, when it is */
    ej_err_t *refusal;    /* what a POST was refused for, while showing it */
    ej_result_t *outcome_rows;
    const char *operation_id;
    apr_time_t deadline;
};

#endif
