/* fuzz_multipart.c: multipart.c. However the body comes in pieces, its parts
 * are the same; memory does not grow with it. SPDX-License-Identifier:
 * Apache-2.0
 */
#include "fuzz.h"
#include "text/multipart.h"

#define MAX 20

typedef struct {
    apr_pool_t *pool;
    const char *made; /* what came, as one text */
    int parts;
} got_t;

static ej_code_t take(void *to, const ej_part_t *part, const char *data,
                      apr_size_t n)
{
    got_t *got = to;
    HOLDS(ej_text_is_clean(part->name, strlen(part->name), 0));
    HOLDS(!part->file ||
          (ej_text_is_clean(part->file, strlen(part->file), 0) &&
           !strpbrk(part->file, "/\\") && strcmp(part->file, "..")));
    char *text = apr_pstrmemdup(got->pool, data, n);
    for (apr_size_t i = 0; i < n; i++)
        text[i] = text[i] ? text[i] : '0';
    got->made = apr_pstrcat(got->pool, got->made, text, NULL);
    if (!n) {
        got->parts++;
        got->made = apr_pstrcat(got->pool, got->made, "|", part->name, "|",
                                part->file ? part->file : "-", "|", NULL);
    }
    return EJ_OK;
}

static ej_code_t parse(got_t *got, const char *text, size_t length, size_t by)
{
    ej_code_t code = EJ_OK;
    ej_multipart_t *m = ej_multipart_new(
        got->pool, "multipart/form-data; boundary=\"-b\"", MAX, take, got);
    HOLDS(m);
    for (size_t at = 0; !code && at < length; at += by)
        code = ej_multipart_feed(m, text + at,
                                 length - at < by ? length - at : by);
    return code ? code : ej_multipart_end(m);
}

void run(apr_pool_t *pool, const char *text, size_t length)
{
    got_t whole = {pool, "", 0}, bytes = {pool, "", 0}, some = {pool, "", 0};
    ej_code_t code = parse(&whole, text, length, length ? length : 1);
    HOLDS(code == EJ_OK || code == JE100 || code == JE107);
    HOLDS(whole.parts <= MAX);
    HOLDS(parse(&bytes, text, length, 1) == code);
    HOLDS(parse(&some, text, length, 7) == code);
    HOLDS(code ||
          (!strcmp(whole.made, bytes.made) && !strcmp(whole.made, some.made)));
    const char *name = ej_multipart_file_name(pool, text);
    HOLDS(ej_text_length(name) <= 200);
    ej_multipart_new(pool, text, MAX, take, NULL);
}
