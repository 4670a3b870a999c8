/* ej.h: the functions and types that a feature may use.
 *
 * A handler declares the fields of its form, reads them and queues
 * queries; the core runs the queue as one pipeline in one transaction, fills
 * the document in queued order and sends it. A handler may run twice
 * (serialisation failure, lost connection): it keeps no state of its own.
 *
 * Everything returned lives in the request's pool.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_H
#define EJ_H

#include <apr_general.h>
#include <apr_strings.h>
#include <apr_tables.h>
#include <string.h>

typedef struct ej_ctx_t ej_ctx_t;       /* one request */
typedef struct ej_params_t ej_params_t; /* a request's parameters, by name */
typedef struct ej_node_t ej_node_t;     /* an element of a document */
typedef apr_int64_t ej_id_t;

/* The codes of errors.def. */
typedef enum {
    EJ_OK = 0,
#define EJ_ERROR(code, status, text) code,
#include "errors.def"
#undef EJ_ERROR
    EJ_CODES /* their number */
} ej_code_t;

/* One cause of refusal or failure. NULL is success everywhere.
 * code and status come from errors.def; field and n (row of a table of fields,
 * from 1; 0 outside a table) name the wrong field; value, who and at describe a
 * conflict: the present value, its author and time; detail is for the log and
 * never shown. */
typedef struct ej_err_t {
    ej_code_t code;
    int status;
    const char *field;
    int n;
    const char *value, *who, *at;
    const char *detail;
    char sqlstate[6];
    apr_status_t rv;
    int is_brief;          /* JE111: refuse without making a page (brief.h) */
    struct ej_err_t *next; /* further bad fields of the same request */
} ej_err_t;

/* Return early with a failure. */
#define EJ_TRY(expr)                                                           \
    do {                                                                       \
        ej_err_t *ej_try_err_ = (expr);                                        \
        if (ej_try_err_)                                                       \
            return ej_try_err_;                                                \
    } while (0)

/* Make an error with the status of its code. field and detail may be NULL. */
ej_err_t *ej_err(apr_pool_t *pool, ej_code_t code, const char *field,
                 const char *detail);

/* Make an error in the request's pool, with a value for its message (JE111: the
 * seconds to wait); value may be NULL. */
ej_err_t *ej_page_err(ej_ctx_t *c, ej_code_t code, const char *field,
                      const char *value);

/* The roles that may use a route, and the module that it belongs to
 * (routes.def); bits as in ej.role_mask() and ej.module_mask(). */
enum {
    EJ_ADMINISTRATOR = 1,
    EJ_DIRECTOR = 2,
    EJ_DEPUTY = 4,
    EJ_CLASS_TEACHER = 8,
    EJ_TEACHER = 16,
    EJ_PE_TEACHER = 32,
    EJ_SUBSTITUTE = 64,
    EJ_HR = 128,
    EJ_MEALS = 256,
    EJ_OBSERVER = 512,
    EJ_PARENT = 1024,
    EJ_PUPIL = 2048,
    EJ_STAFF = 4096,
    EJ_SEVERAL = 8192,   /* staff of several schools: opens nothing by itself */
    EJ_MODULE_GTO = 1 << 14, /* only where the school has the module on */
    EJ_MODULE_MEALS = 1 << 15,
    EJ_MODULE_EVENTS = 1 << 16,
    EJ_MODULES = EJ_MODULE_GTO | EJ_MODULE_MEALS | EJ_MODULE_EVENTS,
    EJ_ARCHIVIST = 1 << 17, /* responsible for backups, by order */
    EJ_SAYS_GTO = 1 << 18, /* the section is called GTO: opens nothing */
    EJ_REGION = 1 << 19,   /* a role in a region, whichever */
    EJ_ANYONE = 1 << 20, /* no session needed */
    EJ_SESSION = 1 << 21, /* any person with a session, even without a role */
    EJ_LOGGED = 1 << 22,  /* a GET that records who read: opens nothing */
    EJ_PENDING = 1 << 23, /* a session that needs its second factor, or any */
    EJ_HOOK = 1 << 24,    /* another program calls it: no form token */
    EJ_BROWSER = 1 << 25, /* for people alone: no key of a program opens it */
    EJ_HEAD = EJ_ADMINISTRATOR | EJ_DIRECTOR | EJ_DEPUTY,
    EJ_TEACHING = EJ_TEACHER | EJ_SUBSTITUTE,
    EJ_FAMILY = EJ_PARENT | EJ_PUPIL,
    EJ_JOURNAL = EJ_HEAD | EJ_TEACHING | EJ_CLASS_TEACHER,
    EJ_ROLES = 0x1fff | EJ_ARCHIVIST,
    EJ_ALL = EJ_ROLES | EJ_SESSION
};

/* ---- parameters ---- */

/* The request's parameters; those of the path are already set. */
ej_params_t *ej_page_params(ej_ctx_t *c);

/* The type of a field, and what its text becomes as a parameter. */
typedef enum {
    EJ_ID,      /* the id of a record, 1 to 2^63-1. JE102 */
    EJ_NUMBER,  /* a whole number from min to max. JE102 */
    EJ_DECIMAL, /* a number from min to max with at most `digits` digits after
                   its comma or point; with a point. JE102 */
    EJ_DAY,     /* a day YYYY-MM-DD, 1900 to 2199. JE103 */
    EJ_TIME,    /* a time of day HH:MM. JE129 */
    EJ_FLAG,    /* a checkbox: "t" for 1 or on, else "f", sent or not */
    EJ_CHOICE,  /* one of `words`, separated by blanks. JE106 */
    EJ_LINE,    /* one line of at most max characters. JE104, JE105 */
    EJ_PROSE,   /* the same with line breaks, CR LF changed to LF */
    EJ_CODE,    /* an activation code, normalised by ej_text_code */
    EJ_SECRET   /* a password: as received, never shown again */
} ej_type_t;

/* A field of a form or query string. A value is trimmed (but not a secret); a
 * missing or empty one is JE101 if is_required, else NULL, and "" for a text.
 *
 * old      also read the field old_<name>, the value before the edit (a text of
 *          at most `old` characters). A form without the field leaves it as it
 *          was (but not a checkbox), and only an empty one takes it away.
 * rows     the field is repeated, at most so often, and becomes an array. The
 *          first array of a form sets the length for all, else JE107; a form
 *          without the field is a table without rows. An error has the number
 *          of its row, from 1.
 * is_set   the array is a set of ticks, with a length of its own
 * ids      fields named `name.<id>[.<id>[.<id>]]`: the ids become the arrays
 *          name_id, name_id2, name_id3 (the last of three may be missing: 1),
 *          the values the array `name`, and those of `old_name.…` the array
 *          old_name. */
typedef struct {
    const char *name;
    ej_type_t type;
    int min, max, digits;
    const char *words;
    int is_required, old, rows, ids, is_set;
} ej_field_t;

/* Read these fields of the query string (GET) or form (POST) into the
 * parameters; the table ends with {0}. Returns all bad fields read so far at
 * once, or NULL. Only declared fields ever become parameters. A query may take
 * all those that are not repeated, and no secrets, as its parameter `fields
 * jsonb`: an object of texts. */
ej_err_t *ej_form_read(ej_params_t *p, const ej_field_t *fields);
/* The fields of a list (ej_page_list): page (1 to 1000), find (the text to
 * search for, at most 100 characters, "" for all), sort (one of the words in
 * sorts, separated by blanks; the first by default).
 * Errors: JE102, JE104, JE106. */
ej_err_t *ej_form_list(ej_params_t *p, const char *sorts);
/* A file that came with the form: its field, its name without folders, its
 * size, and itself, which has no name on the disk and goes with the request. */
typedef struct {
    const char *field, *name;
    apr_off_t size;
    struct apr_file_t *file;
} ej_file_t;
/* The file chosen in this field. Errors: JE101 none. */
ej_err_t *ej_page_file(const ej_file_t **file, ej_ctx_t *c, const char *field);
/* Set the parameters name1, data1 (a literal of bytea) to name3, data3 to the
 * files of the fields file1 to file3; NULL for one that was not chosen.
 * Errors: JE510. */
ej_err_t *ej_page_files(ej_ctx_t *c);
/* The whole file as a literal of bytea, for a query. Errors: JE510. */
ej_err_t *ej_in_bytea(const char **literal, apr_pool_t *pool,
                      const ej_file_t *file);
/* Read a table: a file whose name ends in .xlsx as a workbook's first sheet,
 * any other as CSV (UTF-8 or CP1251; semicolon, TAB or comma). *json becomes
 * its rows that are not blank, at most max: [[line, "cell", …], …]. The error
 * names the file's field. Errors: JE104 a cell is too long, JE107 too many rows
 * or columns, JE131 it cannot be read, JE510. */
ej_err_t *ej_in_table(const char **json, apr_pool_t *pool,
                      const ej_file_t *file, int max);
/* Read a ZIP archive of OneRoster's CSV files (in/roster.c). *json becomes an
 * object of the rows of each: {"users": [[line, "cell", …], …], …}. The error
 * names the file's field. Errors: JE104 JE107 as above, JE131 no such archive,
 * not UTF-8, or too large when unpacked. */
ej_err_t *ej_in_roster(const char **json, apr_pool_t *pool,
                       const ej_file_t *file);
/* Read an XML file. *json becomes its root element; every element is the array
 * ["name", "text" or child, …], without attributes. The error names the file's
 * field. Errors: JE104 a text is too long, JE107 too many elements, JE131 it is
 * no XML, has a DOCTYPE or is nested too deeply, JE510. */
ej_err_t *ej_in_document(const char **json, apr_pool_t *pool,
                         const ej_file_t *file);
/* Set a parameter that the handler computes; value may be NULL. */
void ej_params_set(ej_params_t *p, const char *name, const char *value);
/* The text of a parameter; NULL when it is not set or NULL. */
const char *ej_params_get(const ej_params_t *p, const char *name);

/* ---- the document ---- */

/* Queue a `:one` query; its row becomes the attributes of the feature's own
 * element, which is returned at once. Errors: JE401 when there is no row. */
ej_node_t *ej_page_row(ej_ctx_t *c, const char *query, ej_params_t *p);
/* The feature's own element, without a query. */
ej_node_t *ej_page_node(ej_ctx_t *c);
/* Queue a `:many` query; each row becomes a child element of parent, or of the
 * row of an earlier query that its header names with `under`. */
void ej_page_rows(ej_ctx_t *c, ej_node_t *parent, const char *query,
                  ej_params_t *p);
/* Queue a `:many` query whose rows may be very many. On the page it has those
 * of its parameter `lines`; as CSV or XLSX all (lines is NULL), which go
 * through a temporary file. One of a page; other queries of it may set
 * attributes of the feature's element and add children to it, but none below
 * these. */
void ej_page_stream(ej_ctx_t *c, ej_node_t *parent, const char *query,
                    ej_params_t *p);
/* Queue a long list: head is a `:one` query that makes the feature's element,
 * rows a `:many` query whose header declares the list, in one of two ways:
 *   -- list: sort <words>  pages by number, for up to 10,000 rows; the first
 *                          word is the usual order. Read: page, find, sort. The
 *                          query ends with `LIMIT :lines OFFSET
 *                          (coalesce(:page, 1) - 1) * :lines`: `lines` is 60,
 *                          and NULL for a file, which so has the whole list.
 *   -- list: key <column>  pages by key, for any number of rows. The column is
 *                          two whole numbers joined by a point, by which the
 *                          rows are sorted. ?after= or ?before= a key becomes
 *                          after_key, after_id, before_key, before_id; `lines`
 *                          is the number of rows of a page, NULL for a file
 *                          (see ej_page_stream). The element gets the
 *                          attributes next and previous where rows follow.
 * Errors: JE102, JE104, JE106. */
ej_err_t *ej_page_list(ej_ctx_t *c, const char *head, const char *rows,
                       ej_params_t *p);
/* Queue three queries: rows, columns and the cells that are not empty; every
 * row element gets one <c> for each column, in order. */
void ej_page_grid(ej_ctx_t *c, ej_node_t *parent, const char *rows,
                  const char *columns, const char *cells, ej_params_t *p);
/* Queue a write whose rows are outcomes. A `bad` row refuses the whole form,
 * a `conflict` row is answered with 409 after the others were saved. */
void ej_page_outcomes(ej_ctx_t *c, const char *query, ej_params_t *p);
/* Queue a `:file` query: the reply is the file, as an attachment, and no page.
 * Its rows have the columns name and data (pieces in order). Errors: JE401 no
 * row. */
void ej_page_download(ej_ctx_t *c, const char *query, ej_params_t *p);
/* Queue the queries of a calendar (RFC 5545), which is the reply instead of a
 * page: head `:one`, the changes of its time zone and its events `:many`; their
 * columns are in out/ical.h. */
void ej_page_calendar(ej_ctx_t *c, const char *head, const char *zone,
                      const char *events, ej_params_t *p);
/* Queue a `:one` query whose column body is the reply, JSON for a program, in
 * place of a page. With a column total it is one page of so many objects, and the
 * parameters limit and offset say which. Errors: JE401 no row. */
void ej_page_json(ej_ctx_t *c, const char *query, ej_params_t *p);
/* Set the parameters by which a program is known: token (Bearer, RFC 6750),
 * client_key and client_secret (Basic) from the header Authorization, and its
 * from_address; and base, the address of the journal. */
void ej_page_credentials(ej_ctx_t *c, ej_params_t *p);
/* Parse this filter of OneRoster and set the parameter filter to the JSON of
 * core/text/filter.h. Errors: JE180 400. */
ej_err_t *ej_page_filter(ej_ctx_t *c, ej_params_t *p, const char *filter);
/* Queue a statement whose result is not shown. If the answer to the COMMIT of
 * such a write is lost, the write is not repeated (JE508). */
void ej_page_exec(ej_ctx_t *c, const char *query, ej_params_t *p);
/* Queue a write that happens once, by its parameter operation_id: it is
 * repeated when the answer to its COMMIT is lost. */
void ej_page_once(ej_ctx_t *c, const char *query, ej_params_t *p);
/* Name the `:revision` query of the page. If the browser's ETag has the present
 * revision, the reply is 304 without any other query. GET only; for pages that
 * depend only on their teachings and the school's set-up
 * (sql/objects/revision.sql). */
void ej_page_revision(ej_ctx_t *c, const char *query, ej_params_t *p);
/* Name the `:one` query whose columns become parameters of all the page's
 * queries: what they hang on (teaching, term, day …) is then looked up once. It
 * runs before them in the same transaction, so it costs a round trip. The
 * parameters of other queries must not change after they are queued.
 * Errors: JE401 when there is no row. */
void ej_page_scope(ej_ctx_t *c, const char *query);
/* Run the queries queued so far, in the same transaction: for the rare query
 * that depends on the result of another. */
ej_err_t *ej_page_run(ej_ctx_t *c);
/* Run the queries queued so far and commit. Later queries are another
 * transaction; no connection is held in between. For writes that must stay even
 * if the request is refused (a counted guess), and before slow work (a
 * password's hash). The committed write may happen twice. */
ej_err_t *ej_page_commit(ej_ctx_t *c);
/* The attribute name of the first child element child; NULL without one. */
const char *ej_xml_child_get(const ej_node_t *node, const char *child,
                             const char *name);
/* The first child element child; NULL without one. */
ej_node_t *ej_xml_child(ej_node_t *node, const char *child);
/* The next sibling element with this name; NULL without one. */
ej_node_t *ej_xml_next(ej_node_t *node, const char *name);
/* An attribute of an element that is already filled (after ej_page_run), or
 * NULL. Lives: with the document, until the next try. */
const char *ej_xml_get(const ej_node_t *node, const char *name);
/* Set an attribute that no query sets; NULL removes it. It is part of the
 * page's ETag. value is copied. */
void ej_page_set(ej_ctx_t *c, ej_node_t *node, const char *name,
                 const char *value);
/* While the page is shown again for a refused form: the field at fault, or ""
 * without one; else NULL. The parameters are then those of the form, not of the
 * query string. */
const char *ej_page_refused(const ej_ctx_t *c);
/* Name the view: /page/@view; by default the handler's verb. */
void ej_page_view(ej_ctx_t *c, const char *view);
/* Name the printed form of the page (/page/@form), a word [a-z0-9]. Its sheet
 * is print/<feature>_<form>.xsl if there is one, else print/<feature>.xsl. */
void ej_page_form(ej_ctx_t *c, const char *form);
/* End a part of a printed document that is too long for one transform
 * (page/parts.c): run its queries and keep its document; the next part begins
 * with an empty element. name: the file in an archive of the document that
 * begins with this part; NULL for the further parts of a document. */
ej_err_t *ej_page_part(ej_ctx_t *c, const char *name);
/* Forget the queries and the document so far: no part has them. */
ej_err_t *ej_page_anew(ej_ctx_t *c);
/* Reply with the parts as an archive of this name instead of a page. */
ej_err_t *ej_page_archive(ej_ctx_t *c, const char *name);
/* Reply with a ZIP of this name instead of a page: CSV files with a manifest and
 * SHA256SUMS (page/bundle.c). The queries take the request's parameters: files
 * (`:many`) tells number, name and first line of each file; lines (`:many`,
 * parameter n: that number) its next lines, none at the end; entered (`:exec`)
 * is run when the ZIP is whole, before a byte is sent, in a transaction of its
 * own, with the parameters lines, the rows of all tables, and sha256, the digest
 * of SHA256SUMS. Where files has a manifest.csv of its own, no other and no
 * SHA256SUMS is made. Errors: JE401 no file, JE510 */
ej_err_t *ej_page_bundle(ej_ctx_t *c, const char *name, const char *files,
                         const char *lines, const char *entered);
/* Append an element that no query makes. */
ej_node_t *ej_page_add(ej_ctx_t *c, ej_node_t *parent, const char *name);
/* Add to parent a <route method= path=> for each address of routes.def that
 * these roles open. */
void ej_page_routes(ej_ctx_t *c, ej_node_t *parent, unsigned roles);
/* Certify the printed page of this path: keep its document, as the GET handler
 * of the same path makes it from the fields of this form, as a copy under the
 * next number of the school year, and go to /extracts/{extract_id}. The form
 * has the fields purpose, original (where the original is, for another
 * organisation) and replaces_id besides the page's own (the template certify of
 * xslt/extracts_certify.xsl). kind is a word of xslt/extracts_words.xsl. The
 * page's element says in attributes whom the copy is about:
 *   about     the line of the register; year the school year of the number
 *   pupil_id  or class_id; without both it is about the school, or with is_own
 *             about the user's own teachings
 *   holder    the surname on the paper that opens the copy to whoever has it;
 *             by default the signer's
 *   term_id   with class_id: refused while the term is open; is_open the same
 * The page's print sheet calls the templates form-state and certificate of
 * xslt/extracts_certificate.xsl.
 * Errors: JE101, JE102, JE104 422, JE276 409 preliminary, JE277 409 what it
 *         replaces is not valid, JE301 403 not yours to certify */
ej_err_t *ej_page_freeze(ej_ctx_t *c, const char *kind);
/* Reply with the copy whose row is this element (ej.extract_copy), as it was
 * printed first, with its certificate and QR code. */
ej_err_t *ej_page_thaw(ej_ctx_t *c, ej_node_t *copy);
/* The kinds of pages that take a processor for long: reports, and pages that
 * count as much (control, forecast); books of classes. */
typedef enum { EJ_REPORT, EJ_BOOK } ej_costly_t;
/* Wait for a turn to make a page of this kind: a child makes only
 * EjournalReports of each kind at once. Call it before any query of the page is
 * run. Errors: JE502 503 no turn became free in time */
ej_err_t *ej_page_costly(ej_ctx_t *c, ej_costly_t kind);

/* ---- the guides (xslt/help) ---- */

/* Append a <topic key= title= about= …> for each topic. With find: for each that
 * has all its words, the best first, at most 30; found, too, are the paragraphs
 * of error codes, directives and commands, each with its anchor. */
void ej_page_topics(ej_ctx_t *c, ej_node_t *parent, const char *find);
/* Append a topic with its text. Errors: JE401 404 there is no such topic */
ej_err_t *ej_page_topic(ej_ctx_t *c, ej_node_t *parent, const char *key);
/* Append a <guide key= title= about=> for each guide; with topic_key only for
 * those that have this topic. */
void ej_page_guides(ej_ctx_t *c, ej_node_t *parent, const char *topic_key);
/* Append a guide with the texts of its topics. Errors: JE401 404 there is no
 * such guide */
ej_err_t *ej_page_guide(ej_ctx_t *c, ej_node_t *parent, const char *key);

/* ---- answers, and what is known of the request ---- */

/* Whether this request asks for the printed form, or keeps it (ej_page_freeze).
 */
int ej_page_is_print(const ej_ctx_t *c);
/* Read these fields, queue the write by the `:outcomes` query, and answer it as
 * ej_page_saved does: a save of one record, whole. */
ej_err_t *ej_page_save(ej_ctx_t *c, const ej_field_t *fields, const char *query,
                       const char *path);
/* Answer a save of one record of the list at path: 303 to the list as it was
 * when the form was opened, whose address has the list's query string, with
 * ?done=added, changed or removed, and ?saved= the record's id. */
ej_err_t *ej_page_saved(ej_ctx_t *c, const char *path, ej_params_t *p);
/* Read ?done= and set it on the list's element, which tells it.
 * Errors: JE106 */
ej_err_t *ej_page_done(ej_ctx_t *c, ej_node_t *list, ej_params_t *p);
/* Answer with 303 to a path of the journal; {name} takes a parameter. */
ej_err_t *ej_page_see_other(ej_ctx_t *c, const char *path,
                            const ej_params_t *p);

/* The address of the journal as this browser knows it, without a slash at its
 * end, for texts that are read on paper. */
const char *ej_page_address(ej_ctx_t *c);
/* Let no cache keep the reply: it has something secret that is shown once. */
void ej_page_no_store(ej_ctx_t *c);

/* Whether this server can compose timetables: it has fet-cl, and runs jobs. */
int ej_page_can_compose(const ej_ctx_t *c);
/* Whether this server sends letters: it has a mail relay (EjournalMail). */
int ej_page_can_mail(const ej_ctx_t *c);
/* The pool of the request. */
apr_pool_t *ej_page_pool(const ej_ctx_t *c);
/* The path of a form's field `back` if it is a page of this journal, else "/".
 * Refused are a scheme, a host, a backslash and control characters. */
const char *ej_page_way_back(ej_ctx_t *c, const char *path);
/* The user's roles, bits as above; 0 without a session. Use it to choose what
 * to show first, never for rights: row policies decide those. */
unsigned ej_page_roles(const ej_ctx_t *c);

/* ---- log-in and passwords ---- */

/* Check log-in and password, open a session, set its cookie.
 * Errors: JE110 wrong; JE111 must wait, also when too many log in at once. */
ej_err_t *ej_session_open(ej_ctx_t *c, const char *login, const char *password,
                          int is_shared);
/* Make a new token for this session and set its digest as the parameter
 * session_digest, for the write that is queued next; the browser gets the token
 * when that write is committed. NULL for a session without a cookie. */
void ej_session_renew(ej_ctx_t *c, ej_params_t *p);
/* Set the parameter session_digest to the digest of this request's session,
 * also of one that needs its second factor (EJ_PENDING); NULL without one. */
void ej_session_set_digest(ej_ctx_t *c, ej_params_t *p);
/* Give the browser a cookie, if the session that needs its second factor has
 * none (Basic, another module): the factor then counts in this browser alone.
 */
void ej_session_bind(ej_ctx_t *c);
/* Whether people log in by the journal's own form here, and not by Basic or
 * another module. */
int ej_session_is_form(const ej_ctx_t *c);
/* Set on node the picture of a text as a QR code: `modules`, the number on a
 * side with the margin, and `path`, the dark ones as the path of a picture. */
ej_err_t *ej_qr_set(ej_ctx_t *c, ej_node_t *node, const char *text);
/* The number of the last error of the journal's own that this browser was shown
 * in the account's sessions; NULL without one. */
const char *ej_session_last_error(const ej_ctx_t *c);
/* End this request's session and delete its cookie; no error without one. */
ej_err_t *ej_session_close(ej_ctx_t *c);
/* JE111 at the field when this child remembers that the address (or account)
 * must wait before guesses of this kind. Call it before any query. */
ej_err_t *ej_session_guess_check(ej_ctx_t *c, const char *kind,
                                 const char *field);
/* JE111 at the field when the database's result says to wait (seconds above 0);
 * this child then remembers it. */
ej_err_t *ej_session_guess_wait(ej_ctx_t *c, const char *kind,
                                const char *field, const char *seconds);
/* Count the form's own password (field old_password) as a guess and set the
 * parameter old_hash, by which the write that is queued next tells whether it
 * is right (JE116). Errors: JE111 429 too many guesses */
ej_err_t *ej_session_password_own(ej_ctx_t *c, ej_params_t *p);
/* JE114 for a password of fewer than 8 characters or one easily guessed; JE121
 * for one that is too long; JE126 for one that is hardly more than the log-in.
 */
ej_err_t *ej_session_password_check(ej_ctx_t *c, const char *field,
                                    const char *password, const char *login);
/* JE122 for anything but 3 to 64 letters, digits, . _ - @; JE125 for letters of
 * two alphabets. */
ej_err_t *ej_passwords_login_check(apr_pool_t *pool, const char *field,
                                   const char *login);
/* Hash with yescrypt. Errors: JE502 too many hashes at once. */
ej_err_t *ej_hash_new(const char **hash, apr_pool_t *pool,
                      const char *password);
/* Hash by method and salt of setting, so that the database can compare the
 * hashes. Errors: as ej_hash_new. */
ej_err_t *ej_hash_like(const char **hash, apr_pool_t *pool,
                       const char *password, const char *setting);
/* The digests of an activation code, or of several typed one after the other,
 * as an array literal of bytea. The database keeps only digests of codes. */
const char *ej_digest_codes(apr_pool_t *pool, const char *code);

/* ---- lists of records: the handlers of EJ_RECORDS ---- */

/* List the records by <feature>_head and <feature>_rows: as ej_page_list when
 * the rows' header declares a list, else all. With <feature>_years, if there is
 * such a query, ?year= chooses the school year; <feature>_choices has the
 * choices of the form.
 * Makes: <feature view="list" is_mine= done=><record/>…<choice/>… */
ej_err_t *ej_record_list(ej_ctx_t *c);
/* Show the form of one record by <feature>_show, with its choices.
 * Makes: <feature view="show" record_id= …><choice/>…
 * Errors: JE401 404 no such record, or not yours to change */
ej_err_t *ej_record_show(ej_ctx_t *c);
/* Add a record (without an id in the path), change it or remove it by
 * <feature>_save, and go back to the list. Errors: JE101 … JE106, JE132 422 a
 * field is wrong, JE210 409 changed meanwhile, JE211 409 the record is used,
 * JE212 409 there is such a one already */
ej_err_t *ej_record_save(ej_ctx_t *c);

#define EJ_ROUTE(method, path, handler, who) ej_err_t *handler(ej_ctx_t *c);
#define EJ_RECORDS(path, id, feature, readers, keepers)                        \
    extern const ej_field_t ej_##feature##_fields[];
#define EJ_LIMITS(path, upload_kb, types, seconds)
#include "routes.def"
#undef EJ_ROUTE
#undef EJ_RECORDS
#undef EJ_LIMITS

#endif
