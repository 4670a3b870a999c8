/* fuzz_form.c: ej_parse_form. What it reads, written again, reads the same.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fuzz.h"

#define MAX 50

static char *encode(char *to, const char *text)
{
    for (; *text; text++) {
        *to++ = '%';
        *to++ = "0123456789ABCDEF"[(unsigned char)*text >> 4];
        *to++ = "0123456789abcdef"[*text & 15];
    }
    return to;
}

void run(apr_pool_t *pool, const char *text, size_t length)
{
    apr_table_t *form = apr_table_make(pool, 4);
    apr_table_t *again = apr_table_make(pool, 4);
    ej_code_t code = ej_parse_form(pool, text, length, MAX, form);
    HOLDS(apr_table_elts(form)->nelts <= MAX);
    if (code) {
        HOLDS(code == JE100 || code == JE107);
        return;
    }
    int n = apr_table_elts(form)->nelts;
    const apr_table_entry_t *entry = (const void *)apr_table_elts(form)->elts;
    char *body = apr_palloc(pool, 3 * length + 2 * MAX + 1), *to = body;
    for (int i = 0; i < n; i++) {
        HOLDS(ej_text_is_clean(entry[i].key, strlen(entry[i].key), 0));
        to = encode(to, entry[i].key);
        *to++ = '=';
        to = encode(to, entry[i].val);
        *to++ = '&';
    }
    HOLDS(!ej_parse_form(pool, body, (apr_size_t)(to - body), MAX, again));
    HOLDS(apr_table_elts(again)->nelts == n);
    const apr_table_entry_t *other = (const void *)apr_table_elts(again)->elts;
    for (int i = 0; i < n; i++)
        HOLDS(!strcmp(entry[i].key, other[i].key) &&
              !strcmp(entry[i].val, other[i].val));
}
