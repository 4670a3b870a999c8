/* core.h: what the files of core/ know of each other. Features never see it.
 *
 * Layers: text, day, err, parse are pure; file, queries and passwords read at
 * configtest; db knows mod_dbd and libpq, xml libxml2, out libxslt, session
 * libcrypt, digest libcrypto, form reads bodies; ctx, auth, route sit on them.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_CORE_H
#define EJ_CORE_H

#include <apr_hash.h>
#include <apr_time.h>

#include "ej.h"

#define EJ_STATIC 12 /* hexadecimal digits in the address of static files */
#define EJ_SCHEMA 4  /* the number of the last migration this code knows */

struct request_rec;
struct server_rec;

/* ------------------------------------------------------------ text.c (0) */

/* Whether s is UTF-8 that XML 1.0 can carry; lines lets TAB, LF, CR pass. */
int ej_text_is_clean(const char *s, apr_size_t length, int lines);
/* In lower case: the letters of ASCII and of Russian, all else as it is. */
char *ej_text_lower(apr_pool_t *pool, const char *s);
/* A code as a person reads it from paper: signs between do not count, small
 * letters, Russian ones and those that look like a figure (O, I, B, S, Z) are
 * what they look like. Clean UTF-8. The signs of ej.new_code() stay as they
 * are. */
char *ej_text_code(apr_pool_t *pool, const char *s);
/* Number of characters (code points) of clean UTF-8. */
apr_size_t ej_text_length(const char *s);
/* Without blanks at both ends; CR LF and CR made LF. */
char *ej_text_trim(apr_pool_t *pool, const char *s);
/* The next web address in a text, or NULL: from http:// or https:// to the
 * next blank, without the sentence's own marks at its end; a bracket that the
 * address opens itself is its own. Asked again behind the last one, a whole
 * text is read twice at most. */
const char *ej_text_link(const char *s, apr_size_t *length);
/* A PostgreSQL array literal of n texts; NULL elements are NULL. */
char *ej_text_array(apr_pool_t *pool, const char *const *texts, int n);
/* Lower-case hexadecimal of bytes. */
char *ej_text_hex(apr_pool_t *pool, const unsigned char *bytes, apr_size_t n);

/* ------------------------------------------------------------- day.c (0) */

/* Whether s is a day YYYY-MM-DD of the calendar, 1900 to 2199. */
int ej_day_is(const char *s);

/* ------------------------------------------ parse.c, parse_queries.c (0) */

/* Set *id to the number of a path segment or field: 1 .. 2^63-1, digits only,
 * no sign, no leading zero. */
int ej_parse_id(ej_id_t *id, const char *s, apr_size_t length);
/* A signed number within bounds. */
int ej_parse_number(int *number, const char *s, int min, int max);

/* Match path against a route's pattern ("/journals/{journal_id}"); on success
 * the values of the names are put into params (name -> text).
 * The suffix of a name is its type: _id, _on, _key. */
int ej_parse_path(apr_pool_t *pool, const char *pattern, const char *path,
                  apr_table_t *params);

#define EJ_FORM_NUL '\1'
/* Decode application/x-www-form-urlencoded into table, in order, repeated
 * names kept. Returns NULL, or the code of the error: JE100 malformed escape
 * or broken UTF-8 in a name, JE107 more than max fields. Values may be any
 * bytes; a NUL becomes EJ_FORM_NUL, which no field takes either (JE105), so
 * that the field is named and the others are not lost. */
const char *ej_parse_form(apr_pool_t *pool, const char *body, apr_size_t length,
                          int max, apr_table_t *table);

typedef enum {
    EJ_ONE,
    EJ_MANY,
    EJ_GRID,
    EJ_OUTCOMES,
    EJ_REVISION,
    EJ_EXEC
} ej_kind_t;

/* One named query of sql/queries. */
typedef struct {
    const char *name; /* also the prepared statement's */
    const char *file;
    ej_kind_t kind;
    const char *element; /* EJ_MANY */
    const char *under;   /* EJ_MANY: the query whose rows are the parents */
    const char *key;     /* EJ_MANY under: the column; EJ_GRID: row column */
    const char *column;  /* EJ_GRID: column column */
    const char *sql;     /* with $1::type */
    int nparams;
    const char **params; /* names, in order of $n */
} ej_query_t;

/* Parse one query file; every query goes into queries (name -> ej_query_t *).
 * Returns NULL or one line that says file, line and what is wrong: a header
 * that is not understood, declared and used parameters that differ, a name
 * that does not begin with the file's own, a name given twice. */
const char *ej_parse_queries(apr_pool_t *pool, const char *file,
                             const char *text, apr_size_t length,
                             apr_hash_t *queries);

/* ------------------------------------------------------------- err.c (0) */

/* Status of a code in errors.def; 500 for one that is not there. */
int ej_err_status(const char *code);
/* The code for a SQLSTATE; constraint is "" or what ej_err_constraint made, or
 * "policy" where a row policy refused a write. */
const char *ej_err_of_sqlstate(const char *sqlstate, const char *constraint);
/* A constraint or table without the year of its partition: lesson_2026_x is
 * lesson_x. NULL becomes "". */
const char *ej_err_constraint(apr_pool_t *pool, const char *name);
/* The field a constraint is about, by its name: lesson_topic_length of lesson
 * is topic. NULL when the name does not tell. */
const char *ej_err_column(apr_pool_t *pool, const char *table,
                          const char *constraint);

/* -------------------------------------------------------- configuration */

typedef struct {
    const char *share;           /* EjournalShare */
    const char *forms;           /* EjournalForms: override of print sheets */
    const char *foreign_file;    /* EjournalForeignSecret */
    int secure;                  /* EjournalSecure: 0 unset, 1 on, 2 off */
    apr_array_header_t *origins; /* EjournalOrigin: const char *, or NULL */
    apr_interval_time_t wait;    /* EjournalDatabaseWait */
    apr_off_t body_limit;        /* EjournalBodyLimit */
    int places;                  /* EjournalPlaces: of the gate */
    int is_mounted;              /* a Location of this server is a journal */
    const char *pool;            /* what tells mod_dbd's pools apart */
    /* made by check_config, const afterwards */
    apr_hash_t *queries; /* name -> ej_query_t * */
    apr_hash_t *sheets;  /* feature or print/feature -> ej_sheet_t * */
    struct ej_passwords_t *passwords; /* too common ones */
    const char *sheets_digest;        /* of sheets and queries */
    const char *static_digest;        /* of static/: EJ_STATIC digits */
    const char *secret;               /* new at every start */
    const char *foreign_secret;       /* what foreign_file says, or NULL */
    struct ej_gate_t *gate;           /* made by child_init */
    struct ej_sign_t *sign;           /* likewise */
} ej_server_t;

typedef struct {
    int is_set; /* this Location has an Ejournal line of its own */
    int on;
    const char *base; /* "" or "/journal"; "" where the journal is not on */
} ej_mount_t;

/* what Apache looks for; all else is hidden (-fvisibility) */
extern struct module_struct ejournal_module
    __attribute__((visibility("default")));
/* What a server was configured with; never NULL. Read-only once the threads
 * run, but for the gate's own fields. */
ej_server_t *ej_server(const struct server_rec *s);
/* The mount that a request is below; never NULL, on is 0 where there is none.
 * Only after Apache walked the locations (pre_translate_name and later). */
ej_mount_t *ej_mount(const struct request_rec *r);

/* ---------------------------------------- file, queries, passwords.c (1) */

/* Read a file of at most 1 MB whole into ptemp; NULL or the line to show at
 * configtest. */
const char *ej_file_read(const char **text, apr_size_t *length,
                         apr_pool_t *pool, apr_pool_t *ptemp, const char *file);
/* The same of a regular file below one of dirs (NULL ends them) with all links
 * resolved, into ptemp; nothing else is opened. */
const char *ej_file_read_below(const char **text, apr_size_t *length,
                               apr_pool_t *ptemp, const char *file,
                               const char *const *dirs);

/* Read every DIR/queries file; NULL or the line to show at configtest. */
const char *ej_queries_load(apr_hash_t **queries, apr_pool_t *pool,
                            apr_pool_t *ptemp, const char *dir);

/* Whether these are the queries of queries.def, each of its kind; NULL or the
 * line to show at configtest. dir is for that line. */
const char *ej_queries_check(apr_hash_t *queries, apr_pool_t *ptemp,
                             const char *dir);
/* Whether a feature has queries of a printed form: <feature>_print_… */
int ej_queries_has_print(const char *feature);

typedef struct ej_passwords_t ej_passwords_t;
/* Read the list of common passwords; NULL or the line to show at configtest. */
#define EJ_PASSWORD_MOST 511 /* bytes: libcrypt takes no more */
const char *ej_passwords_load(ej_passwords_t **passwords, apr_pool_t *pool,
                              apr_pool_t *ptemp, const char *file);

/* --------------------------------------------------------- db.c (1) */

typedef struct ej_db_t ej_db_t;         /* a taken connection */
typedef struct ej_result_t ej_result_t; /* rows of one statement (a PGresult) */

/* One statement of a pipeline: a named query, or plain text without
 * parameters when query is NULL (BEGIN …, COMMIT). */
typedef struct {
    const ej_query_t *query;
    const char *text;
    const char **values; /* query->nparams texts; NULL is NULL */
    ej_result_t *result; /* set by ej_db_run; lives in the pool given */
} ej_step_t;

/* Register mod_dbd's post_connect, by which a connection gets our event
 * procedure. */
void ej_db_hooks(apr_pool_t *pconf);
/* Make the gates of this child, before its threads start. Lives: with pchild.
 * Where one cannot be made every take answers JE501. */
void ej_db_child(apr_pool_t *pchild, struct server_rec *s);

/* Take a connection of server s, idle and clean, for request r, waiting at most
 * conf->wait for a place; or for what no request waits for (r NULL), which
 * waits for none. It goes back by ej_db_give, or with the pool.
 * Errors: JE501 no connection, JE502 no place in time. */
ej_err_t *ej_db_take(ej_db_t **db, struct server_rec *s, struct request_rec *r,
                     apr_pool_t *pool);
/* Run one core query for what no request waits for (or could do without), in
 * its own transaction. Errors: as ej_db_take, and the query's. */
ej_err_t *ej_db_aside(ej_result_t **result, struct server_rec *s,
                      apr_pool_t *pool, const char *query,
                      apr_interval_time_t patience);
/* Give the connection back, rolled back if something is open; db is worth
 * nothing afterwards. Before the first byte is sent, or a slow reader keeps
 * it. */
void ej_db_give(ej_db_t *db);

/* An answer came of another schema: look at it again before the next one. */
void ej_db_doubt(const struct server_rec *s);

/* Send all steps as one pipeline with one sync, and read every answer before
 * the deadline (apr_time_now() based). The first failed step is the error,
 * told by SQLSTATE and constraint (err->code, err->field from COLUMN, or from
 * the constraint's name); steps after it have no result, and the transaction
 * is rolled back. Prepares what is not prepared on this connection.
 * A step whose text is "COMMIT" succeeds only with the command tag COMMIT.
 * err->sqlstate: "40001", "40P01" repeat; "26000", "0A000": the statements of
 * this connection were forgotten, repeat; "08006": the connection was lost.
 * JE506: the COMMIT of a write was sent and nobody knows what became of it;
 * without sqlstate 08006 the deadline passed. */
ej_err_t *ej_db_run(ej_db_t *db, ej_step_t *steps, int n, apr_time_t deadline);
#ifdef EJ_FAULTS
/* For tests: the n-th step since the taking fails with JE500 after those
 * before it were sent. */
void ej_db_fail_at(ej_db_t *db, int n);
/* For tests: the connection goes back as no code of ours may leave it. state
 * is transaction, failed, pipeline, unread or setting; as the session of
 * digest where that can be. */
void ej_db_leave(ej_db_t *db, const char *state, const char *digest);
#endif

/* Rows and columns of an answer, counted from 0 below. A statement without an
 * answer (BEGIN) has none of either. */
int ej_result_rows(const ej_result_t *result);
int ej_result_columns(const ej_result_t *result);
/* A column's name as SQL gives it. Lives: with the result. */
const char *ej_result_name(const ej_result_t *result, int column);
/* The first column of that name, or -1; by its exact letters. */
int ej_result_column(const ej_result_t *result, const char *name);
/* The text of a value; NULL for NULL. Booleans are "t" and "f". Lives: with
 * the result. */
const char *ej_result_get(const ej_result_t *result, int row, int column);
/* Whether a column is boolean: such a "t" becomes "1" in a document, "f" is no
 * attribute at all. */
int ej_result_is_bool(const ej_result_t *result, int column);

#endif
