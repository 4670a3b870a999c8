/* ctx.h: the request context and what the upper half of core/ shares.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_CTX_H
#define EJ_CTX_H

#include <httpd.h>
#include <http_config.h>

#include "core.h"

/* ------------------------------------------------------------ digest.c -- */

#define EJ_DIGEST 32 /* SHA-256 */
typedef struct ej_digest_t ej_digest_t;
/* Begin a digest. Lives: with pool, whose cleanup frees it. */
ej_digest_t *ej_digest_new(apr_pool_t *pool);
/* Length first, so that two values never run into each other; NULL differs
 * from empty. */
void ej_digest_add(ej_digest_t *digest, const char *value, apr_size_t length);
/* Set out to the digest; nothing can be added afterwards. */
void ej_digest_end(ej_digest_t *digest, unsigned char out[EJ_DIGEST]);
/* The digest of some bytes alone. */
void ej_digest_of(unsigned char out[EJ_DIGEST], const char *bytes,
                  apr_size_t length);
/* Add the names and contents of all files below dir, in order of their names;
 * hidden ones do not count, a missing dir has none. NULL, or the line to show
 * at configtest. */
const char *ej_digest_files(ej_digest_t *digest, const char *dir,
                            apr_pool_t *ptemp);
/* SHA-256 of a text as a bytea literal (\x…): all that the database keeps of
 * a token or code. */
const char *ej_digest_text(apr_pool_t *pool, const char *text);
/* Whether two texts are equal, in time that tells nothing but their length. */
int ej_digest_same(const char *a, const char *b);
/* n bytes of the system's generator. Ends the process when it has none. */
void ej_random(unsigned char *out, apr_size_t n);

/* --------------------------------------------------------------- route.c */

typedef ej_err_t *(*ej_handler_t)(ej_ctx_t *c);
typedef struct {
    int method; /* M_GET or M_POST */
    const char *path;
    ej_handler_t handler;
    unsigned who;
    const char *feature; /* "journal" of ej_journal_show */
    const char *view;    /* "show" */
} ej_route_t;

/* The path below the mount: "/journals/7"; NULL when r->uri is not below. */
const char *ej_route_below(const request_rec *r, const ej_mount_t *mount);
/* Whether a path below the mount may stand in a link or a redirect: read as a
 * browser reads it, it leads to no other host. */
int ej_route_is_way(apr_pool_t *pool, const char *path);
/* Whether a path below the mount is a file of static/, which Apache serves. */
int ej_route_is_static(const char *below);
/* Whether it is one of ours that tells nothing of anybody: Apache's health, its
 * own errors. */
int ej_route_is_bare(const char *below);
/* The route of method and path, its path values in params (may be NULL).
 * *other tells that the path exists with another method. */
const ej_route_t *ej_route_find(apr_pool_t *pool, int method, const char *path,
                                apr_table_t *params, int *other);
/* The methods of a path, for Allow: "GET, HEAD, POST, OPTIONS"; NULL when there
 * is no such path. */
const char *ej_route_methods(apr_pool_t *pool, const char *path);
/* Feature of the i-th route; NULL past the end. */
const char *ej_route_feature(int i, apr_pool_t *pool);
/* NULL, or the line to show at configtest: overlapping routes, a feature
 * without its sheet, or without that of its printed form. */
const char *ej_route_check(apr_pool_t *ptemp, const ej_server_t *conf);

/* ---------------------------------------------------------------- form.c */

struct ej_params_t {
    apr_pool_t *pool;
    apr_hash_t *values;      /* name -> text; "" key missing = not there */
    const apr_table_t *form; /* what came: query string or body */
    apr_hash_t *index;       /* of form: name -> first value; NULL not yet */
    apr_hash_t *secret;      /* names never shown again */
    int rows;                /* length of the form's arrays; -1 unset */
    ej_err_t *first, *last;
};
/* Parameters with the values of the path in them. path and form are kept, not
 * copied. */
ej_params_t *ej_params_make(apr_pool_t *pool, const apr_table_t *path,
                            const apr_table_t *form);
/* Read the body whole; no connection is held. Errors: JE100, JE109, JE117; with
 * rv AP_FILTER_ERROR where Apache has answered already. */
ej_err_t *ej_form_read(apr_table_t **form, request_rec *r,
                       const ej_server_t *conf);
/* The fields of the query string; an empty table when there is none. Errors:
 * JE100, JE107. */
ej_err_t *ej_form_query(apr_table_t **form, request_rec *r);

/* ----------------------------------------------------------------- xml.c */

/* Names (of elements, attributes, columns) and results are pointed at: they
 * live as long as the document. Values that are set are copied. */
typedef struct ej_doc_t ej_doc_t;
/* A document with the element <page> alone. Lives: with pool, whose cleanup
 * frees it and all nodes. */
ej_doc_t *ej_xml_doc(apr_pool_t *pool);
void *ej_xml_native(ej_doc_t *doc); /* xmlDocPtr, for out.c */
/* Its <page>. */
ej_node_t *ej_xml_page(ej_doc_t *doc);
/* Append a child element and return it. */
ej_node_t *ej_xml_add(ej_node_t *parent, const char *name);
/* The same, as the first child. */
ej_node_t *ej_xml_add_first(ej_node_t *parent, const char *name);
/* Set an attribute to clean UTF-8 (ej_text_is_clean), copied; NULL takes it
 * away. */
void ej_xml_set(ej_node_t *node, const char *name, const char *value);
/* Append text, clean as above. */
void ej_xml_text(ej_node_t *node, const char *text);
/* Columns of row 0 as attributes. */
void ej_xml_one(ej_node_t *node, const ej_result_t *result);
/* One element a row; the nodes made are put into nodes (ej_node_t *). With
 * parents (text of key -> ej_node_t *), the row goes below its parent. */
void ej_xml_rows(apr_array_header_t *nodes, ej_node_t *parent,
                 const char *element, const ej_result_t *result,
                 apr_hash_t *parents, const char *key);
/* node of each value of an attribute. */
apr_hash_t *ej_xml_index(apr_pool_t *pool, const apr_array_header_t *nodes,
                         const char *name);
/* The dense grid: every row gets one <c> for each column. A cell without a
 * column gives its attributes to the row, one without a row to the column. */
void ej_xml_grid(apr_pool_t *pool, const apr_array_header_t *rows,
                 const apr_array_header_t *columns, const ej_query_t *query,
                 const ej_result_t *cells);
/* The document as UTF-8 XML text. */
const char *ej_xml_dump(apr_size_t *length, apr_pool_t *pool, ej_doc_t *doc);

/* ----------------------------------------------------------------- out.c */

/* Compile every sheet of share (and of forms, which win). NULL or the line to
 * show at configtest. */
const char *ej_sheets_load(ej_server_t *conf, apr_pool_t *pool,
                           apr_pool_t *ptemp);
typedef enum { EJ_HTML, EJ_PRINT, EJ_XML, EJ_CSV, EJ_RFC4180 } ej_format_t;
#define EJ_IS_CSV(format) ((format) == EJ_CSV || (format) == EJ_RFC4180)
/* Set *text to the document transformed. Errors: JE500. */
ej_err_t *ej_out_transform(const char **text, apr_size_t *length,
                           request_rec *r, const ej_server_t *conf,
                           ej_doc_t *doc, const char *sheet,
                           ej_format_t format);
/* A result tree (xmlDocPtr) as HTML; NULL when it is not a plain one. */
const char *ej_out_html(apr_size_t *length, apr_pool_t *pool, void *result);
/* The table.data of a result tree (an xmlDocPtr) as CSV, for programs when
 * is_plain; NULL for none. */
const char *ej_out_csv(apr_size_t *length, apr_pool_t *pool, void *html,
                       int is_plain);
/* Whether a sheet was compiled: "journal", "print/journal". */
int ej_out_has_sheet(const ej_server_t *conf, const char *sheet);
/* The Content-Type of a format. */
const char *ej_out_type(ej_format_t format);
/* Set the headers by which a browser guards what it got. Before any stage that
 * may refuse: they are on all answers below a mount, files and Apache's own
 * errors included. */
void ej_out_guard(request_rec *r);
/* Set what a page's caching hangs on. */
void ej_out_headers(request_rec *r, int no_store);
/* Let the browser forget all pages it kept. */
void ej_out_forget(request_rec *r);
/* NULL, or an error with rv APR_ECONNABORTED when the client has closed its
 * side: nothing more is done for a page that nobody waits for. A write is never
 * asked: it goes on. */
ej_err_t *ej_out_client(request_rec *r);
/* End the request of such a client: 499 in access_log. */
int ej_out_gone(request_rec *r);
/* Send a whole answer with its status and length; no body for HEAD. Returns
 * for the handler hook: OK, or why the request's body could not be read. No
 * connection of the database may be held: whoever reads slowly would keep it.
 */
int ej_out_send(request_rec *r, int status, const char *type, const char *text,
                apr_size_t length);

/* ----------------------------------------------------------- ctx.c, auth */

typedef struct {
    ej_id_t account_id;
    unsigned roles;
    const char *form_token;
    const char *person;
    const char *school; /* its short name; of several the first */
    const char *way;
    const char *digest; /* \x… of the session */
    int is_shared;
} ej_auth_t;

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

struct ej_ctx_t {
    request_rec *r;
    apr_pool_t *pool;
    const ej_server_t *conf;
    const ej_mount_t *mount;
    const ej_route_t *route;
    const char *path; /* below the mount */
    const ej_auth_t *auth;
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

/* The handler hook: answers every request below a mount but static files.
 * Returns DECLINED where the journal is off or another handler was set, else
 * what Apache wants (OK, or 304). */
int ej_ctx_handle(request_rec *r);
/* Send what is queued; with is_last also COMMIT, after which the connection
 * goes back. Nothing queued and nothing begun asks nothing. */
ej_err_t *ej_ctx_run(ej_ctx_t *c, int is_last);
/* A query with its values, not queued. */
ej_entry_t *ej_ctx_entry(ej_ctx_t *c, const char *query, const ej_params_t *p);
/* Run entry alone, in a transaction of its own. */
ej_err_t *ej_ctx_ask(ej_ctx_t *c, ej_entry_t *entry);
/* Answer with an error page (or XML), unless Apache has answered already. */
int ej_ctx_fail(request_rec *r, const ej_err_t *err);

/* Set *auth of this request; NULL and no error when nobody is logged in. */
ej_err_t *ej_auth_session(ej_auth_t **auth, request_rec *r);
/* Register check_authn, Require ejournal and AuthBasicProvider ejournal. */
void ej_auth_hooks(apr_pool_t *pconf);
/* Set *auth to whom the stages before the handler found, NULL when nobody.
 * Errors: what kept them from asking (JE501 …). Asks nothing itself. */
ej_err_t *ej_auth_of(const ej_auth_t **auth, request_rec *r);
/* The same, and asks where another Require let the request in before anybody
 * had asked: AuthType Ejournal only. */
ej_err_t *ej_auth_late(const ej_auth_t **auth, request_rec *r);
/* Say with a 401 how to be let in (RFC 9110 wants it). The form's scheme has a
 * name of our own, for which no browser opens a dialog; of another way to log
 * in its own module says it, unless the form was what refused. */
void ej_auth_challenge(request_rec *r, int is_form);
/* The session cookie's name: of this mount, __Host- where it is Secure. */
const char *ej_auth_cookie_name(request_rec *r);
/* The token of a cookie of ours, 64 hexadecimal digits; NULL when there is none
 * of that form. */
const char *ej_auth_cookie(request_rec *r, const char *name);
/* The cookie's token as \x… digest, or NULL when there is none of its form. */
const char *ej_auth_digest(request_rec *r);

/* Set the cookie of the token that ej_session_renew made, if it did. */
void ej_session_renewed(ej_ctx_t *c);
/* Whether a token is that of a live session; 0 when nobody can tell. */
int ej_session_is(ej_ctx_t *c, const char *token);
/* The token of the forms that need no session, of this browser: a digest of a
 * cookie that is set when there is none, so that another site can neither read
 * nor make it and log somebody in as somebody else. It outlives log-ins: a page
 * reached by Back is as good as a new one. */
const char *ej_session_login_token(request_rec *r);
/* Make the places for hashing of this child, before its threads start. */
void ej_session_child(apr_pool_t *pchild, server_rec *s);

/* ------------------------------------------------------------- school.c -- */

void ej_school_child(apr_pool_t *pchild, server_rec *s);
/* The short name of the only school there is, for who has no session; NULL when
 * there are several, or nobody can tell now. */
const char *ej_school_only(request_rec *r);

/* ---------------------------------------------------------------- job.c -- */

/* Have mod_watchdog, where there is one, run the jobs of all servers from now
 * on. After check_config, before the children start. */
apr_status_t ej_job_start(apr_pool_t *pconf, server_rec *main_server);

/* -------------------------------------------------------------- guess.c -- */

void ej_guess_child(apr_pool_t *pchild);
/* Seconds that the address has to wait before it guesses at what again, with
 * the mark of this device; both NULL: at anything. 0: the database knows. */
int ej_guess_wait(const request_rec *r, const char *what, const char *device);
void ej_guess_must_wait(const request_rec *r, const char *what,
                        const char *device, int seconds);
/* Whether the database may be asked about a device's mark all the same. */
int ej_guess_may_ask(void);
/* Let the answer to a refused guess cost the guesser time. May sleep: hold
 * neither a connection nor a place. */
void ej_guess_slow(request_rec *r);
/* The same without sleeping. */
void ej_guess_pace(request_rec *r);

/* Requests of one program come in parallel, all with the same password: one of
 * them asks and hashes, the others of this child wait for what it was told.
 * Nothing is kept beyond that. Lives: on the stack of who asks, until the last
 * of those who wait has read it. */
typedef struct ej_flight_t {
    struct ej_flight_t *next;
    unsigned char of[EJ_DIGEST];
    int is_over, readers;
    const char *code;               /* NULL: right */
    char value[16];                 /* of the error */
    char digest[2 * EJ_DIGEST + 3]; /* of the session, \x… */
} ej_flight_t;
void ej_flight_child(apr_pool_t *pchild);
/* Wait for an equal one that is under way and take over what it was told; 0:
 * there is none, and mine is under way until ej_flight_land. */
int ej_flight_join(ej_flight_t *mine);
void ej_flight_land(ej_flight_t *mine, const ej_err_t *err, const char *digest);

/* Check a Basic log-in and find or open its session (way "Basic").
 * Errors: as ej_session_open. */
ej_err_t *ej_session_basic(ej_auth_t **auth, request_rec *r, const char *login,
                           const char *password);
/* Ask the database for the live session of a digest; none leaves NULL. */
ej_err_t *ej_auth_ask(ej_auth_t **auth, request_rec *r, const char *digest);
/* The digest of a session that another log-in stands for. */
const char *ej_auth_foreign_digest(request_rec *r, const char *way,
                                   const char *subject);
/* Run one core query outside a page: takes and gives back a connection. */
ej_err_t *ej_core_query(ej_result_t **result, request_rec *r, apr_pool_t *pool,
                        const char *query, const char **values);

#endif
