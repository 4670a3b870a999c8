/* unit_filter.c: filters of OneRoster (filter.c), and random texts.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "text/filter.h"
#include "unit_tap.h"

static void filters(void)
{
    static const struct {
        const char *text, *json; /* NULL: refused */
    } table[] = {
        {"status='active'",
         "{\"any\":false,\"terms\":[[\"status\",\"=\",\"active\"]]}"},
        {"  a  !=  'x'  ", "{\"any\":false,\"terms\":[[\"a\",\"!=\",\"x\"]]}"},
        {"a.b~'x' AND c>='y'", "{\"any\":false,\"terms\":[[\"a.b\",\"~\",\"x\"]"
                               ",[\"c\",\">=\",\"y\"]]}"},
        {"a<'1' or b>'2' OR c<='3'",
         "{\"any\":true,\"terms\":[[\"a\",\"<\",\"1\"],[\"b\",\">\",\"2\"],"
         "[\"c\",\"<=\",\"3\"]]}"},
        {"a='O''Neil'", "{\"any\":false,\"terms\":[[\"a\",\"=\",\"O'Neil\"]]}"},
        {"a='\"\\'", "{\"any\":false,\"terms\":[[\"a\",\"=\",\"\\\"\\\\\"]]}"},
        {"a=''", "{\"any\":false,\"terms\":[[\"a\",\"=\",\"\"]]}"},
        {"", NULL},
        {"a", NULL},
        {"a=", NULL},
        {"a=x", NULL},
        {"a='x", NULL},
        {"a='x'y", NULL},
        {"a='x';DROP TABLE ej.mark", NULL},
        {"a='x' --", NULL},
        {"a='x' AND", NULL},
        {"a='x'AND b='y'", NULL},
        {"a='x' AND b='y' OR c='z'", NULL},
        {"a b='x'", NULL},
        {"a\"='x'", NULL},
        {".a='x'", NULL},
        {"a.='x'", NULL},
        {"a..b='x'", NULL},
        {"1a='x'", NULL},
        {"a=='x'", NULL},
        {"a='\x01'", NULL},
        {"a='\xff'", NULL},
        {"a='1' AND a='2' AND a='3' AND a='4' AND a='5' AND a='6' AND a='7' "
         "AND a='8' AND a='9' AND a='10' AND a='11'",
         NULL},
    };
    for (int i = 0; i < COUNT(table); i++) {
        const char *json = NULL;
        ej_code_t code = ej_filter_read(&json, pool, table[i].text);
        is(code ? NULL : json, table[i].json, table[i].text);
        if (code && code != JE180)
            ok(0, "the code of a refusal is JE180");
    }
}

/* Random texts of what filters are made of: none is read beyond its
 * end (the sanitizers of the test build watch), and what is taken has balanced
 * quotes. */
static void chance(void)
{
    static const char letters[] = "ab.=!<>~'' ANDOR\"\\1\xd0\x98;-";
    unsigned state = 92;
    int taken = 0, wrong = 0;
    for (int i = 0; i < 200000; i++) {
        char text[24];
        const char *json = NULL;
        apr_size_t length = (state >> 16) % (sizeof text - 1);
        for (apr_size_t k = 0; k < length; k++) {
            state = state * 1103515245u + 12345u;
            text[k] = letters[(state >> 16) % (sizeof letters - 1)];
        }
        text[length] = '\0';
        state = state * 1103515245u + 12345u;
        if (ej_filter_read(&json, pool, text) == EJ_OK) {
            taken++;
            wrong += strncmp(json, "{\"any\":", 7) != 0 || !strchr(text, '\'');
        }
        if (i % 1000 == 0)
            apr_pool_clear(pool);
    }
    ok(taken > 0 && !wrong, "of random texts only comparisons are taken");
}

int main(void)
{
    begin();
    filters();
    chance();
    return end();
}
