/* unit_rows.c: tables that came as files, rows.c; JSON of text.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "unit_tap.h"

#include "text/rows.h"

static const struct {
    const char *what, *csv, *json; /* NULL: refused */
} cases[] = {
    {"nothing", "", "[]"},
    {"semicolons", "a;b,c\r\n1;2", "[[1,\"a\",\"b,c\"],[2,\"1\",\"2\"]]"},
    {"commas", "a,b;c,d\n", "[[1,\"a\",\"b;c\",\"d\"]]"},
    {"TABs", "a\tb\r1\t2\r", "[[1,\"a\",\"b\"],[2,\"1\",\"2\"]]"},
    {"the mark of UTF-8",
     "\xef\xbb\xbf"
     "Кабинет",
     "[[1,\"Кабинет\"]]"},
    {"quotes", "\"a\"\"b;c\";\"d\r\ne\"\n", "[[1,\"a\\\"b;c\",\"d\\u000ae\"]]"},
    {"a quote within", "12\"a;b", "[[1,\"12\\\"a\",\"b\"]]"},
    {"text behind a quote", "\"a\"b;c", "[[1,\"ab\",\"c\"]]"},
    {"blank rows and cells", "a;b\n\n ; \n;d\n",
     "[[1,\"a\",\"b\"],[4,\"\",\"d\"]]"},
    {"a control character",
     "a\x01"
     "b;c",
     "[[1,\"ab\",\"c\"]]"},
    {"CP1251", "\xca\xe0\xe1;\xa8\xb8\xff \xb9 \xab\xbb\x97",
     "[[1,\"Каб\",\"Ёёя № «»—\"]]"},
    {"a backslash", "a\\b", "[[1,\"a\\\\b\"]]"},
    {"a quote without end", "a;\"b", NULL},
    {"a row too many", "1\n2\n3\n4\n5\n6\n", NULL},
};

int main(void)
{
    begin();
    for (int i = 0; i < COUNT(cases); i++) {
        ej_rows_t *rows = ej_rows_new(pool, 5);
        ej_code_t code = ej_rows_csv(rows, cases[i].csv, strlen(cases[i].csv));
        is(code ? NULL : ej_rows_json(rows), cases[i].json, cases[i].what);
    }
    is(ej_text_json(pool, NULL), "null", "no text is null");
    return end();
}
