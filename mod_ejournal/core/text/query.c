/* query.c: parses query files: headers, parameters, the SQL of each query.
 * Pure, and all of it fuzzed.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <apr_lib.h>

#include "text/query.h"
#include "text/text.h"

#define NAME_LENGTH 63 /* the longest name that PostgreSQL keeps */

/* The state of the parser, and the query that it is making. */
typedef struct {
    apr_pool_t *pool;
    const char *file;
    const char *feature; /* journal of …/journal.sql */
    apr_hash_t *queries;
    const char *at, *end;
    int line;
    ej_query_t *query; /* that is being read */
    int query_line;
    apr_array_header_t *names, *types; /* of its -- params: line */
    char *is_used;                     /* for each of them */
    apr_array_header_t *sql;           /* char: its SQL so far */
    const char *from;                  /* start of its SQL in the file */
} file_t;

static const char *wrong(const file_t *f, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static const char *start_file(file_t *f);
static char *take_line(file_t *f);
static const char *header(file_t *f);
static const char *kind(file_t *f, char *words);
static int is_name(const file_t *f, const char *name);
static int set_kind(ej_query_t *query, char *const *word, int n);
static const char *take_params(file_t *f, char *words);
static const char *one_param(file_t *f, char *words);
static int is_type(const file_t *f, const char *type);
static const char *body(file_t *f);
static const char *next_name(const file_t *f);
static void put(file_t *f, const char *from, const char *past);
static const char *comment(file_t *f, const char *stop);
static const char *quoted(file_t *f, const char *stop, const char **past);
static const char *colon(file_t *f, const char *stop);
static const char *finish(file_t *f);
static int is_word(const char *s);
static int is_word_char(int c);

const char *ej_query_parse(apr_pool_t *pool, const char *file, const char *text,
                           apr_size_t length, apr_hash_t *queries)
{
    file_t f = {.pool = pool,
                .file = file,
                .queries = queries,
                .at = text,
                .end = text + length,
                .line = 1};
    const char *error = start_file(&f);
    while (!error && f.at < f.end) {
        error = header(&f);
        if (!error && f.query)
            error = body(&f);
    }
    return error;
}

static const char *wrong(const file_t *f, int line, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    char *what = apr_pvsprintf(f->pool, format, list);
    va_end(list);
    for (char *c = what; *c; c++) /* keep the message on one line */
        if ((unsigned char)*c < ' ' || *c == 0x7f)
            *c = '?';
    return apr_psprintf(f->pool, "%s:%d: %s", f->file, line, what);
}

static const char *start_file(file_t *f)
{
    const char *slash = strrchr(f->file, '/');
    const char *base = slash ? slash + 1 : f->file;
    const char *dot = strrchr(base, '.');
    f->feature =
        dot ? apr_pstrmemdup(f->pool, base, (apr_size_t)(dot - base)) : base;
    /* a feature may have several files: journal.sql, journal_print.sql */
    if (!is_word(f->feature))
        return wrong(f, 1,
                     "the file's name is not a feature's: lower-case words");
    if (memchr(f->at, '\0', (apr_size_t)(f->end - f->at)))
        return wrong(f, 1, "NUL in the text");
    if (!ej_text_is_clean(f->at, (apr_size_t)(f->end - f->at), 1))
        return wrong(f, 1, "not clean UTF-8");
    return NULL;
}

/* The next line, without its break and the blanks around it. */
static char *take_line(file_t *f)
{
    const char *start = f->at;
    const char *stop = memchr(start, '\n', (apr_size_t)(f->end - start));
    f->at = stop ? stop + 1 : f->end;
    f->line++;
    char *line = apr_pstrmemdup(f->pool, start,
                                (apr_size_t)((stop ? stop : f->end) - start));
    return ej_text_trim(f->pool, line);
}

/* Read comment lines up to the first line of SQL, or to the end. */
static const char *header(file_t *f)
{
    f->query = NULL;
    while (f->at < f->end) {
        const char *start = f->at;
        char *line = take_line(f);
        const char *error = NULL;
        if (!*line)
            continue;
        if (strncmp(line, "--", 2) != 0) {
            f->at = start;
            f->line--;
            return f->query ? NULL : wrong(f, f->line, "text before -- name:");
        }
        line = ej_text_trim(f->pool, line + 2);
        if (strncmp(line, "name:", 5) == 0) {
            if (f->query)
                break;
            f->query_line = f->line - 1;
            error = kind(f, line + 5);
        }
        else if (strncmp(line, "params:", 7) == 0)
            error = f->query ? take_params(f, line + 7)
                             : wrong(f, f->line - 1, "params before name");
        if (error)
            return error;
    }
    return f->query ? wrong(f, f->query_line, "%s has no SQL", f->query->name)
                    : NULL;
}

/* Read "<name> :<kind> …" and begin the query. */
static const char *kind(file_t *f, char *words)
{
    char *rest, *word[7] = {NULL};
    int n = 0;
    for (char *w = apr_strtok(words, " \t", &rest); w;
         w = apr_strtok(NULL, " \t", &rest)) {
        if (n == 6)
            return wrong(f, f->query_line, "too many words after name:");
        word[n++] = w;
    }
    if (n < 2)
        return wrong(f, f->query_line, "name: wants <name> :<kind>");
    if (!is_name(f, word[0]))
        return wrong(f, f->query_line, "%s is not a name like %s_…", word[0],
                     f->feature);
    if (apr_hash_get(f->queries, word[0], APR_HASH_KEY_STRING))
        return wrong(f, f->query_line, "%s is there already", word[0]);
    for (int i = 2; i < n; i++)
        if (!is_word(word[i]))
            return wrong(f, f->query_line, "%s is not a name", word[i]);

    ej_query_t *query = apr_pcalloc(f->pool, sizeof *query);
    query->name = word[0];
    query->file = f->file;
    if (!set_kind(query, word, n))
        return wrong(f, f->query_line,
                     "%s: not :one, :exec, :revision, :outcomes, "
                     ":many <element> [under <query> <column>] or :grid <row> "
                     "<column>",
                     word[1]);
    if (query->under &&
        !apr_hash_get(f->queries, query->under, APR_HASH_KEY_STRING))
        return wrong(f, f->query_line, "%s is under %s, which is not before it",
                     query->name, query->under);
    f->query = query;
    f->names = apr_array_make(f->pool, 8, sizeof(const char *));
    f->types = apr_array_make(f->pool, 8, sizeof(const char *));
    return NULL;
}

static int is_name(const file_t *f, const char *name)
{
    apr_size_t length = strlen(f->feature);
    return is_word(name) && strlen(name) <= NAME_LENGTH &&
           !strncmp(name, f->feature, length) && name[length] == '_' &&
           name[length + 1];
}

static int set_kind(ej_query_t *query, char *const *word, int n)
{
    static const struct {
        const char *word;
        ej_kind_t kind;
        int n; /* of words */
    } kinds[] = {{":one", EJ_ONE, 2},           {":exec", EJ_EXEC, 2},
                 {":outcomes", EJ_OUTCOMES, 2}, {":grid", EJ_GRID, 4},
                 {":revision", EJ_REVISION, 2}, {":many", EJ_MANY, 3},
                 {":many", EJ_MANY, 6}};
    apr_size_t i = 0, count = sizeof kinds / sizeof *kinds;
    while (i < count && (strcmp(kinds[i].word, word[1]) || kinds[i].n != n))
        i++;
    if (i == count || (n == 6 && strcmp(word[3], "under") != 0))
        return 0;
    query->kind = kinds[i].kind;
    if (query->kind == EJ_MANY) {
        query->element = word[2];
        query->under = word[4];
        query->key = word[5];
    }
    else if (query->kind == EJ_GRID) {
        query->key = word[2];
        query->column = word[3];
    }
    return 1;
}

/* Read "a bigint, b date[]"; several lines add up. */
static const char *take_params(file_t *f, char *words)
{
    char *rest;
    for (char *one = apr_strtok(words, ",", &rest); one;
         one = apr_strtok(NULL, ",", &rest)) {
        const char *error = one_param(f, one);
        if (error)
            return error;
    }
    return NULL;
}

static const char *one_param(file_t *f, char *words)
{
    char *rest, *name = apr_strtok(words, " \t", &rest);
    if (!name) /* a comma at the end of a line */
        return NULL;
    char *type = apr_strtok(NULL, " \t", &rest);
    if (!type || apr_strtok(NULL, " \t", &rest) || !is_word(name))
        return wrong(f, f->line - 1, "params: wants <name> <type>, …");

    if (!is_type(f, type))
        return wrong(f, f->line - 1, "%s is not a type of a parameter", type);
    for (int i = 0; i < f->names->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(f->names, i, const char *), name) == 0)
            return wrong(f, f->line - 1, "%s is declared twice", name);
    APR_ARRAY_PUSH(f->names, const char *) = name;
    APR_ARRAY_PUSH(f->types, const char *) = type;
    return NULL;
}

/* Whether a parameter may have this type: one of a list, or an array of one. */
static int is_type(const file_t *f, const char *type)
{
    static const char *const types[] = {
        "bigint", "int",  "numeric", "boolean", "text",        "uuid", "bytea",
        "inet",   "date", "time",    "xid8",    "timestamptz", NULL};
    apr_size_t length = strlen(type);
    if (length > 2 && !strcmp(type + length - 2, "[]"))
        type = apr_pstrmemdup(f->pool, type, length - 2);
    for (int i = 0; types[i]; i++)
        if (!strcmp(types[i], type))
            return 1;
    return 0;
}

/* Read the SQL up to the next -- name:. */
static const char *body(file_t *f)
{
    const char *stop = next_name(f);
    f->sql = apr_array_make(f->pool, 512, 1);
    f->is_used = apr_pcalloc(f->pool, (apr_size_t)f->names->nelts + 1);
    int is_ended = 0;
    f->from = f->at;
    while (f->at < stop) {
        const char *past = NULL, *error = NULL;
        if (stop - f->at > 1 &&
            (!strncmp(f->at, "--", 2) || !strncmp(f->at, "/*", 2)))
            error = comment(f, stop);
        else if (is_ended && !apr_isspace(*f->at))
            error = wrong(f, f->line, "text after ;");
        else if (*f->at == ':')
            error = colon(f, stop);
        else if (*f->at == ';') {
            is_ended = 1;
            f->at++;
        }
        else {
            error = quoted(f, stop, &past);
            if (!error)
                put(f, f->at, past);
        }
        if (error)
            return error;
    }
    return finish(f);
}

/* The start of the next line that is -- name:, or the end. */
static const char *next_name(const file_t *f)
{
    const char *line = f->at;
    while (line < f->end) {
        const char *at = line;
        while (at < f->end && (*at == ' ' || *at == '\t'))
            at++;
        if (f->end - at > 2 && !strncmp(at, "--", 2)) {
            at += 2;
            while (at < f->end && (*at == ' ' || *at == '\t'))
                at++;
            if (f->end - at >= 5 && !strncmp(at, "name:", 5))
                return line;
        }
        line = memchr(line, '\n', (apr_size_t)(f->end - line));
        line = line ? line + 1 : f->end;
    }
    return f->end;
}

/* Append text to the query's SQL and move f->at behind it. */
static void put(file_t *f, const char *from, const char *past)
{
    for (; from < past; from++) {
        f->line += *from == '\n';
        APR_ARRAY_PUSH(f->sql, char) = *from;
    }
    f->at = past;
}

/* Replace a comment by a blank or its line break. A header line (-- params: and
 * the like) is refused here: after the first line of SQL it has no effect. */
static const char *comment(file_t *f, const char *stop)
{
    int line = f->line, depth = 0;
    if (f->at[0] == '-') {
        const char *word = f->at + 2;
        while (word < stop && (*word == ' ' || *word == '\t'))
            word++;
        if (stop - word >= 7 && !strncmp(word, "params:", 7))
            return wrong(f, line, "params: below the first line of SQL");
        while (f->at < stop && *f->at != '\n')
            f->at++;
        return NULL;
    }
    do { /* PostgreSQL's comments nest */
        if (stop - f->at < 2)
            return wrong(f, line, "comment without end");
        int is_open = !strncmp(f->at, "/*", 2);
        int is_close = !strncmp(f->at, "*/", 2);
        depth += is_open - is_close;
        f->line += *f->at == '\n';
        f->at += is_open || is_close ? 2 : 1;
    } while (depth);
    APR_ARRAY_PUSH(f->sql, char) = ' ';
    return NULL;
}

/* Set *past to the end of the quoted text that begins here; if there is no
 * quote, to the next character. */
static const char *quoted(file_t *f, const char *stop, const char **past)
{
    const char *at = f->at, *end;
    int after_word = at > f->from && is_word_char(at[-1]);
    char quote = *at;
    *past = at + 1;
    if (quote == '$' && !after_word) {
        for (end = at + 1; end < stop && is_word_char(*end) && *end != '$';)
            end++;
        if (at + 1 < stop && apr_isdigit(at[1]))
            return wrong(f, f->line, "$%c: write :name", at[1]);
        if (end == stop || *end != '$')
            return NULL;
        apr_size_t length = (apr_size_t)(end + 1 - at);
        for (end++; (apr_size_t)(stop - end) >= length; end++)
            if (!strncmp(end, at, length)) {
                *past = end + length;
                return NULL;
            }
        return wrong(f, f->line, "dollar quote without end");
    }
    if (quote != '\'' && quote != '"')
        return NULL;
    /* in E'…' a \' is no end; a doubled quote reads as two texts in a row */
    int is_escaped = quote == '\'' && after_word && (at[-1] | ' ') == 'e' &&
                     (at - 1 == f->from || !is_word_char(at[-2]));
    for (end = at + 1; end < stop; end++) {
        if (*end == quote) {
            *past = end + 1;
            return NULL;
        }
        if (is_escaped && *end == '\\' && end + 1 < stop)
            end++;
    }
    return wrong(f, f->line, "quote without end");
}

/* Replace :name by $n::type; copy ::type and a lone colon. */
static const char *colon(file_t *f, const char *stop)
{
    const char *name = f->at + 1, *past = name;
    if (name < stop && *name == ':') {
        put(f, f->at, name + 1);
        return NULL;
    }
    while (past < stop && is_word_char(*past))
        past++;
    if (past == name || apr_isdigit(*name)) {
        put(f, f->at, name);
        return NULL;
    }
    const char *word = apr_pstrmemdup(f->pool, name, (apr_size_t)(past - name));
    for (int i = 0; i < f->names->nelts; i++) {
        if (strcmp(APR_ARRAY_IDX(f->names, i, const char *), word) != 0)
            continue;
        int has_subscript = past < stop && *past == '[';
        const char *made =
            apr_psprintf(f->pool, has_subscript ? "($%d::%s)" : "$%d::%s",
                         i + 1, APR_ARRAY_IDX(f->types, i, const char *));
        put(f, made, made + strlen(made));
        f->is_used[i] = 1;
        f->at = past;
        return NULL;
    }
    return wrong(f, f->line, ":%s is not among the params", word);
}

/* Check the query that was read and add it to the queries. */
static const char *finish(file_t *f)
{
    ej_query_t *query = f->query;
    for (int i = 0; i < f->names->nelts; i++)
        if (!f->is_used[i])
            return wrong(f, f->query_line, "%s does not use :%s", query->name,
                         APR_ARRAY_IDX(f->names, i, const char *));
    query->sql =
        ej_text_trim(f->pool, apr_pstrmemdup(f->pool, f->sql->elts,
                                             (apr_size_t)f->sql->nelts));
    if (!*query->sql)
        return wrong(f, f->query_line, "%s has no SQL", query->name);
    query->nparams = f->names->nelts;
    query->params = (const char **)f->names->elts;
    apr_hash_set(f->queries, query->name, APR_HASH_KEY_STRING, query);
    return NULL;
}

/* Whether a text matches [a-z][a-z0-9_]*. */
static int is_word(const char *s)
{
    return *s >= 'a' && *s <= 'z' &&
           strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(s);
}

static int is_word_char(int c)
{
    unsigned char byte = (unsigned char)c;
    return apr_isalnum(byte) || byte == '_' || byte == '$' || byte >= 0x80;
}
