/* unit_parse.c: numbers, paths and forms of parse.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <limits.h>

#include "unit_tap.h"

static void ids(void)
{
    static const struct {
        const char *text;
        ej_id_t id; /* 0: refused */
    } table[] = {
        {"1", 1},
        {"9223372036854775807", APR_INT64_MAX},
        {"9223372036854775808", 0},
        {"9999999999999999999", 0},
        {"92233720368547758070", 0},
        {"0", 0},
        {"01", 0},
        {"", 0},
        {"-1", 0},
        {"+1", 0},
        {" 1", 0},
        {"1 ", 0},
        {"1a", 0},
        {"0x1", 0},
        {"\xd9\xa1", 0}, /* a digit, but not one of ours */
    };
    for (int i = 0; i < COUNT(table); i++) {
        ej_id_t id = 0;
        int is_id = ej_parse_id(&id, table[i].text, strlen(table[i].text));
        ok(is_id == (table[i].id != 0) && id == table[i].id,
           apr_psprintf(pool, "\"%s\" is %s id", table[i].text,
                        table[i].id ? "an" : "no"));
    }
    ej_id_t id;
    ok(ej_parse_id(&id, "123", 2) && id == 12, "only length digits are read");
}

static void numbers(void)
{
    static const struct {
        const char *text;
        int min, max, is_number, number;
    } table[] = {
        {"0", 0, 5, 1, 0},
        {"5", 0, 5, 1, 5},
        {"6", 0, 5, 0, 0},
        {"-1", 0, 5, 0, 0},
        {"-3", -5, 5, 1, -3},
        {"007", 0, 9, 1, 7},
        {"", 0, 9, 0, 0},
        {"-", -9, 9, 0, 0},
        {"--1", -9, 9, 0, 0},
        {"+1", 0, 9, 0, 0},
        {"1.0", 0, 9, 0, 0},
        {"1 ", 0, 9, 0, 0},
        {"2147483647", INT_MIN, INT_MAX, 1, INT_MAX},
        {"2147483648", INT_MIN, INT_MAX, 0, 0},
        {"-2147483648", INT_MIN, INT_MAX, 1, INT_MIN},
        {"99999999999999999999", INT_MIN, INT_MAX, 0, 0},
    };
    for (int i = 0; i < COUNT(table); i++) {
        int number = 0;
        int is_number =
            ej_parse_number(&number, table[i].text, table[i].min, table[i].max);
        ok(is_number == table[i].is_number && number == table[i].number,
           apr_psprintf(pool, "\"%s\" is %s number from %d to %d",
                        table[i].text, table[i].is_number ? "a" : "no",
                        table[i].min, table[i].max));
    }
}

static void decimals(void)
{
    static const struct {
        const char *text;
        int min, max, digits;
        const char *number; /* NULL: refused */
    } table[] = {
        {"0", 0, 5, 2, "0"},
        {"3,5", 0, 5, 2, "3.5"},
        {"3.50", 0, 5, 2, "3.50"},
        {"-0,25", -1, 1, 2, "-0.25"},
        {"5.01", 0, 5, 2, NULL},
        {"-0.01", 0, 5, 2, NULL},
        {"3.501", 0, 5, 2, NULL},
        {"3.", 0, 5, 2, NULL},
        {",5", 0, 5, 2, NULL},
        {"3.5.1", 0, 5, 3, NULL},
        {"3,5", 0, 5, 0, NULL},
        {"", 0, 5, 2, NULL},
        {"-", -5, 5, 2, NULL},
        {"1e3", 0, 5, 2, NULL},
        {"1 000", 0, 5000, 2, NULL},
        {"nan", 0, 5, 2, NULL},
        {"1234567890123.45", 0, INT_MAX, 2, NULL},
        {"99999999999999999999", 0, INT_MAX, 2, NULL},
    };
    for (int i = 0; i < COUNT(table); i++) {
        const char *number = NULL;
        int is_number =
            ej_parse_decimal(&number, pool, table[i].text, table[i].min,
                             table[i].max, table[i].digits);
        ok(is_number == (table[i].number != NULL) &&
               (!is_number || !strcmp(number, table[i].number)),
           apr_psprintf(pool, "\"%s\" is %s decimal from %d to %d",
                        table[i].text, table[i].number ? "a" : "no",
                        table[i].min, table[i].max));
    }
}

static void paths(void)
{
    static const struct {
        const char *pattern, *path;
        const char *params; /* "name=value " of each, NULL: no match */
    } table[] = {
        {"/", "/", ""},
        {"/", "", NULL},
        {"/", "/a", NULL},
        {"/journals", "/journals", ""},
        {"/journals", "/journals/", NULL},
        {"/journals", "//journals", NULL},
        {"/journals", "/journal", NULL},
        {"/journals", "/journalsx", NULL},
        {"/journals", "journals", NULL},
        {"/journals/{journal_id}", "/journals/7", "journal_id=7 "},
        {"/journals/{journal_id}", "/journals/", NULL},
        {"/journals/{journal_id}", "/journals", NULL},
        {"/journals/{journal_id}", "/journals/07", NULL},
        {"/journals/{journal_id}", "/journals/7/", NULL},
        {"/journals/{journal_id}", "/journals/7/8", NULL},
        {"/journals/{journal_id}", "/journals/9223372036854775808", NULL},
        {"/a/{a_id}/b/{b_id}", "/a/1/b/2", "a_id=1 b_id=2 "},
        {"/a/{a_id}/b/{b_id}", "/a/1/c/2", NULL},
        {"/a/{a_id}/b/{b_id}", "/a/1/b/x", NULL},
        {"/days/{held_on}", "/days/2026-11-22", "held_on=2026-11-22 "},
        {"/days/{held_on}", "/days/2026-02-30", NULL},
        {"/forms/{form_key}", "/forms/class-journal-5",
         "form_key=class-journal-5 "},
        {"/forms/{form_key}", "/forms/..", NULL},
        {"/forms/{form_key}", "/forms/Upper", NULL},
        {"/forms/{form_key}", "/forms/123456789012345678901234567890123", NULL},
        {"/x/{nothing}", "/x/1", NULL},
        {"/x/{bad_type}", "/x/1", NULL},
    };
    for (int i = 0; i < COUNT(table); i++) {
        apr_table_t *params = apr_table_make(pool, 4);
        const char *found = NULL;
        if (ej_parse_path(pool, table[i].pattern, table[i].path, params)) {
            found = "";
            const apr_table_entry_t *entry =
                (const void *)apr_table_elts(params)->elts;
            for (int j = 0; j < apr_table_elts(params)->nelts; j++)
                found = apr_pstrcat(pool, found, entry[j].key, "=",
                                    entry[j].val, " ", NULL);
        }
        else if (apr_table_elts(params)->nelts)
            found = "no match, but params";
        is(found, table[i].params,
           apr_psprintf(pool, "%s against %s", table[i].path,
                        table[i].pattern));
    }
    ok(ej_parse_path(pool, "/a/{a_id}", "/a/1", NULL),
       "a path may be matched for nothing but the match");
}

static void forms(void)
{
    static const struct {
        const char *body;
        apr_size_t length;  /* 0: of the text */
        const char *wanted; /* "name=value;" of each, or the code */
    } table[] = {
        {"", 0, ""},
        {"a=1", 0, "a=1;"},
        {"a=1&b=2&a=3", 0, "a=1;b=2;a=3;"},
        {"&&a=1&&", 0, "a=1;"},
        {"a", 0, "a=;"},
        {"a=", 0, "a=;"},
        {"=1", 0, "=1;"},
        {"a=b=c", 0, "a=b=c;"},
        {"a=1+2%2B%26", 0, "a=1 2+&;"},
        {"%D0%B0=%d0%b1", 0, "а=б;"},
        {"a=%", 0, "JE100"},
        {"a=%4", 0, "JE100"},
        {"a=%4&b=1", 0, "JE100"},
        {"a=%g0", 0, "JE100"},
        {"a=%0g", 0, "JE100"},
        {"%d0=1", 0, "JE100"},
        {"%00=1", 0, "JE100"},
        {"a%0A=1", 0, "JE100"},
        {"a=%00", 0, "a=\1;"},
        {"a=x\0y&b=1", 9, "a=x\1y;b=1;"},
        {"a=%FF%0A", 0, "a=\xff\n;"},
        {"a=1&b=2&c=3&d=4", 0, "a=1;b=2;c=3;d=4;"},
        {"a=1&b=2&c=3&d=4&e=5", 0, "JE107"},
    };
    for (int i = 0; i < COUNT(table); i++) {
        apr_table_t *form = apr_table_make(pool, 4);
        ej_code_t code = ej_parse_form(
            pool, table[i].body,
            table[i].length ? table[i].length : strlen(table[i].body), 4, form);
        const char *found = ej_err_name(code);
        if (!code) {
            const apr_table_entry_t *entry =
                (const void *)apr_table_elts(form)->elts;
            found = "";
            for (int j = 0; j < apr_table_elts(form)->nelts; j++)
                found = apr_pstrcat(pool, found, entry[j].key, "=",
                                    entry[j].val, ";", NULL);
        }
        is(found, table[i].wanted,
           apr_psprintf(pool, "the form \"%s\"", table[i].body));
    }
}

int main(void)
{
    begin();
    ids();
    numbers();
    decimals();
    paths();
    forms();
    return end();
}
