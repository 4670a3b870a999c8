/* ctx.h: the state of one page while it is made, shared by the files of page/.
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
    apr_array_header_t *nodes; /* the elements made of its rows */
    int rows, columns;         /* EJ_GRID: indexes of those two queries */
    int is_filled;             /* its rows are in the document */
} ej_entry_t;

/* One page. route, path and identity begin as the request's, and change where
 * another page is shown than the requested one: after a refused form, and after
 * a log-in that brings back the form typed in an ended session. */
struct ej_ctx_t {
    ej_request_t *request;
    request_rec *r;   /* of request */
    apr_pool_t *pool; /* of r */
    const ej_route_t *route;
    const char *path; /* below the mount */
    const ej_identity_t *identity;
    const char *login_token; /* token of forms without a session; else NULL */
    ej_params_t *params;
    ej_format_t format;
    int is_fragment; /* the page's script asked for outcomes only */
    int is_write;
    int is_once;      /* its writes happen once, by the operation's id */
    int is_recording; /* of a GET: the log of access is being written */
    int has_begun;
    apr_pool_t *run; /* pool of this try: results, document */
    ej_db_t *db;
    apr_array_header_t *queue; /* ej_entry_t */
    int done;                  /* how many entries have run */
    const char *missing;       /* name of an unknown query; else NULL */
    ej_doc_t *doc;
    ej_node_t *node; /* the feature's element */
    const char *view;
    const char *form;   /* which printed form of the feature, or NULL */
    int is_reading;     /* of a write: the page that it keeps is being read */
    const char *frozen; /* the feature of the copy that is shown, or NULL */
    const char *location;
    int is_saved;        /* location is the list of the saved record */
    const char *entered; /* digest of the session that this log-in opened */
    const char *renewal; /* the session's new token, valid after COMMIT */
    ej_digest_t *etag;
    int list_at; /* index of the query of a list by key; -1: there is none */
    int json_at; /* index of the query whose row is the reply; -1: none */
    int calendar_at;   /* index of the first query of a calendar; -1: none */
    apr_hash_t *taken; /* ids of pupils on a page taken away; else NULL */
    struct ej_parts_t *parts;   /* of a document of many parts, or NULL */
    struct ej_bundle_t *bundle; /* the reply is a ZIP of tables, or NULL */
    struct ej_stream_t *stream; /* the rows of a big table, or NULL */
    ej_entry_t *streamed;       /* the query for these rows */
    ej_entry_t *revision;       /* the query for the page's revision, or NULL */
    ej_entry_t *scope;          /* the query for common parameters, or NULL */
    const char *same;  /* the browser's ETag, if the page is unchanged */
    ej_err_t *refusal; /* why the POST was refused, while showing it */
    ej_result_t *outcome_rows;
    ej_result_t *file_rows; /* of a `:file` query: the reply is a file */
    const char *operation_id;
    struct ej_turns_t *turns; /* of which the page has one; else NULL */
    apr_time_t deadline;
};

#endif
