/* unit_queries.c: query files, read by query.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "unit_tap.h"

#define A "-- name: f_a :exec\n"
#define P A "-- params: a bigint, b text[]\n"

/* A file f.sql of one query, and its SQL. */
static const struct {
    const char *text, *sql, *name;
} bodies[] = {
    {A "SELECT 1;", "SELECT 1", "the semicolon goes"},
    {A "SELECT 1\n", "SELECT 1", "and may be missing"},
    {A "\n-- a word\n\nSELECT 1;\n\n-- another\n", "SELECT 1",
     "comments and empty lines around it go"},
    {A "SELECT 1 -- why\n  + 2;", "SELECT 1 \n  + 2", "so do comments inside"},
    {A "SELECT /* a /* b */ ; ' */ 1;", "SELECT   1", "also nested ones"},
    {P "SELECT :a, :b;", "SELECT $1::bigint, $2::text[]",
     "a name becomes its number and type"},
    {P "SELECT :b, :a, :b;", "SELECT $2::text[], $1::bigint, $2::text[]",
     "as often as it is there"},
    {P "SELECT :b[1], :a;", "SELECT ($2::text[])[1], $1::bigint",
     "in brackets before a subscript"},
    {P "SELECT :a::text, (:b)::text;",
     "SELECT $1::bigint::text, ($2::text[])::text", "a cast stays"},
    {P "SELECT ':a', :a, ':b''', :b;",
     "SELECT ':a', $1::bigint, ':b''', $2::text[]", "text stays"},
    {P "SELECT E'\\':a', :a, \":b\", :b;",
     "SELECT E'\\':a', $1::bigint, \":b\", $2::text[]",
     "text with escapes and quoted names stay"},
    {P "SELECT '\\', :a, name'\\', :b;",
     "SELECT '\\', $1::bigint, name'\\', $2::text[]",
     "a backslash in plain text escapes nothing"},
    {P "SELECT $$:a;$$, :a, $x$ $$ :b $x$, :b;",
     "SELECT $$:a;$$, $1::bigint, $x$ $$ :b $x$, $2::text[]",
     "dollar quotes stay"},
    {P "SELECT x$a$:a, y:b;", "SELECT x$a$$1::bigint, y$2::text[]",
     "a dollar inside a name quotes nothing"},
    {P "SELECT a[1:2], f(x := :a), :b;",
     "SELECT a[1:2], f(x := $1::bigint), $2::text[]", "other colons stay"},
    {A "-- params: a bigint,\n-- params: b text[]\nSELECT :a, :b;",
     "SELECT $1::bigint, $2::text[]", "params may take several lines"},
    {A "SELECT 'Ё';", "SELECT 'Ё'", "Cyrillic stays"},
    {"-- f.sql: a word before\r\n" A "SELECT 1;\r\n", "SELECT 1",
     "a file may begin with comments"},
};

/* A file f.sql and what is wrong with it. */
static const struct {
    const char *text, *wrong;
} mistakes[] = {
    {"SELECT 1;", "dir/f.sql:1: text before -- name:"},
    {"\n-- params: a int\n", "dir/f.sql:2: params before name"},
    {"-- name: f_a\nSELECT 1;", "dir/f.sql:1: name: wants <name> :<kind>"},
    {"-- name: g_a :exec\nSELECT 1;",
     "dir/f.sql:1: g_a is not a name like f_…"},
    {"-- name: f_ :exec\nSELECT 1;", "dir/f.sql:1: f_ is not a name like f_…"},
    {"-- name: f_A :exec\nSELECT 1;",
     "dir/f.sql:1: f_A is not a name like f_…"},
    {"-- name: f_a :rows\nSELECT 1;",
     "dir/f.sql:1: :rows: not :one, :exec, :revision, :outcomes, :many "
     "<element> "
     "[under <query> <column>] or :grid <row> <column>"},
    {"-- name: f_a :many\nSELECT 1;",
     "dir/f.sql:1: :many: not :one, :exec, :revision, :outcomes, :many "
     "<element> "
     "[under <query> <column>] or :grid <row> <column>"},
    {"-- name: f_a :many row under f_b id\nSELECT 1;",
     "dir/f.sql:1: f_a is under f_b, which is not before it"},
    {"-- name: f_a :many <row>\nSELECT 1;", "dir/f.sql:1: <row> is not a name"},
    {A "SELECT 1;\n" A "SELECT 2;", "dir/f.sql:3: f_a is there already"},
    {A, "dir/f.sql:1: f_a has no SQL"},
    {A "-- a word\n", "dir/f.sql:1: f_a has no SQL"},
    {A ";", "dir/f.sql:1: f_a has no SQL"},
    {A "-- name: f_b :exec\nSELECT 1;", "dir/f.sql:1: f_a has no SQL"},
    {A "SELECT 1;\nSELECT 2;", "dir/f.sql:3: text after ;"},
    {A "SELECT\n  :a;", "dir/f.sql:3: :a is not among the params"},
    {P "SELECT :a;", "dir/f.sql:1: f_a does not use :b"},
    {A "-- params: a\nSELECT :a;",
     "dir/f.sql:2: params: wants <name> <type>, …"},
    {A "-- params: a double precision\nSELECT :a;",
     "dir/f.sql:2: params: wants <name> <type>, …"},
    {A "-- params: a int, a text\nSELECT :a;",
     "dir/f.sql:2: a is declared twice"},
    {A "-- params: a int;drop\nSELECT :a;",
     "dir/f.sql:2: int;drop is not a type of a parameter"},
    {A "-- params: a bigin\nSELECT :a;",
     "dir/f.sql:2: bigin is not a type of a parameter"},
    {A "-- params: a text[][]\nSELECT :a;",
     "dir/f.sql:2: text[][] is not a type of a parameter"},
    {A "SELECT 1\n-- params: a int\n;",
     "dir/f.sql:3: params: below the first line of SQL"},
    {A "SELECT $1;", "dir/f.sql:2: $1: write :name"},
    {A "SELECT 'a\n;", "dir/f.sql:2: quote without end"},
    {A "SELECT \"a\n;", "dir/f.sql:2: quote without end"},
    {A "SELECT\n$x$ $$;", "dir/f.sql:3: dollar quote without end"},
    {A "SELECT /* /* */ 1;", "dir/f.sql:2: comment without end"},
    {A "SELECT '\xff';", "dir/f.sql:1: not clean UTF-8"},
};

static const char *parse(const char *file, const char *text,
                         apr_hash_t **queries)
{
    *queries = apr_hash_make(pool);
    return ej_query_parse(pool, file, text, strlen(text), *queries);
}

static void kinds(void)
{
    apr_hash_t *queries;
    const char *wrong = parse("f.sql",
                              "-- name: f_one :one\nSELECT 1;\n"
                              "--name: f_many :many row\nSELECT 2;\n"
                              "  --  name:  f_under  :many  x under f_many k\n"
                              "-- rows: few\nSELECT 3;\n"
                              "-- name: f_grid :grid row_id column_id\n"
                              "-- params: a date\nSELECT 4 = :a;\n"
                              "-- name: f_out :outcomes\nSELECT 5;\n",
                              &queries);
    is(wrong, NULL, "a file of every kind is read");
    ok(apr_hash_count(queries) == 5, "whole");
    const ej_query_t *one = apr_hash_get(queries, "f_one", 5);
    const ej_query_t *many = apr_hash_get(queries, "f_many", 6);
    const ej_query_t *under = apr_hash_get(queries, "f_under", 7);
    const ej_query_t *grid = apr_hash_get(queries, "f_grid", 6);
    const ej_query_t *out = apr_hash_get(queries, "f_out", 5);
    if (!one || !many || !under || !grid || !out)
        return ok(0, "by its names");
    ok(one->kind == EJ_ONE && !one->nparams && !strcmp(one->file, "f.sql"),
       ":one");
    ok(many->kind == EJ_MANY && !strcmp(many->element, "row") && !many->under,
       ":many knows its element");
    ok(under->kind == EJ_MANY && !strcmp(under->element, "x") &&
           !strcmp(under->under, "f_many") && !strcmp(under->key, "k"),
       ":many under knows the query above and the column");
    ok(grid->kind == EJ_GRID && !strcmp(grid->key, "row_id") &&
           !strcmp(grid->column, "column_id"),
       ":grid knows row and column");
    ok(grid->nparams == 1 && !strcmp(grid->params[0], "a"), "and its params");
    ok(out->kind == EJ_OUTCOMES, ":outcomes");
}

int main(void)
{
    apr_hash_t *queries;
    begin();
    kinds();
    for (int i = 0; i < COUNT(bodies); i++) {
        const char *wrong = parse("dir/f.sql", bodies[i].text, &queries);
        const ej_query_t *query = apr_hash_get(queries, "f_a", 3);
        is(wrong ? wrong : query->sql, bodies[i].sql, bodies[i].name);
    }
    for (int i = 0; i < COUNT(mistakes); i++)
        is(parse("dir/f.sql", mistakes[i].text, &queries), mistakes[i].wrong,
           mistakes[i].wrong);
    is(parse("Two_words.sql", A "SELECT 1;", &queries),
       "Two_words.sql:1: the file's name is not a feature's: lower-case words",
       "a file is named for a feature");
    is(ej_query_parse(pool, "f.sql", A "SELECT 1\0;", sizeof A + 9, queries),
       "f.sql:1: NUL in the text", "a NUL is told");
    return end();
}
