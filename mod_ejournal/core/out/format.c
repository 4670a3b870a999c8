/* format.c: the format that a request asks for.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "out/format.h"

#include <apr_lib.h>

/* The weight (q=0, 1, 0.875) after a media type of Accept, in thousandths; 1000
 * without a weight or with an invalid one. */
static int weight(const char *at, const char *end)
{
    while ((at = memchr(at, ';', (apr_size_t)(end - at))) != NULL) {
        at++;
        at += strspn(at, " \t");
        if ((*at != 'q' && *at != 'Q') || at[1] != '=')
            continue;
        at += 2;
        if (*at != '0' || (at[1] && !strchr("., ;\t", at[1])))
            return 1000;
        int made = 0;
        at += at[1] == '.' ? 2 : 1;
        for (int unit = 100; unit && apr_isdigit(*at); unit /= 10)
            made += (*at++ - '0') * unit;
        return made;
    }
    return 1000;
}

/* The weight of a type in Accept, in thousandths; -1 when it is not named. */
static int type_weight(const char *accept, const char *type)
{
    for (const char *at = accept; *at;) {
        at += strspn(at, ", \t");
        const char *end = at + strcspn(at, ",");
        apr_size_t length = strcspn(at, ",; \t");
        if (length == strlen(type) && !strncasecmp(at, type, length))
            return weight(at, end);
        at = end;
    }
    return -1;
}

int ej_format_is_xml(request_rec *r)
{
    const char *accept = apr_table_get(r->headers_in, "Accept");
    if (!accept)
        return 0;
    int xml = type_weight(accept, "application/xml");
    int html = type_weight(accept, "text/html");
    return xml > 0 && xml > html;
}

/* Set *format to the requested dialect of CSV. */
static ej_err_t *read_dialect(ej_format_t *format, request_rec *r,
                              const apr_table_t *query)
{
    const char *asked = apr_table_get(query, "dialect");
    if (asked && strcmp(asked, "rfc4180"))
        return ej_err(r->pool, JE106, "dialect", "no such dialect");
    *format = asked ? EJ_RFC4180 : EJ_CSV;
    return NULL;
}

ej_err_t *ej_format_find(ej_format_t *format, request_rec *r,
                         const apr_table_t *query)
{
    static const struct {
        const char *name;
        ej_format_t format;
    } known[] = {{"html", EJ_HTML},
                 {"print", EJ_PRINT},
                 {"xml", EJ_XML},
                 {"csv", EJ_CSV},
                 {"xlsx", EJ_XLSX}};
    const char *asked = apr_table_get(query, "format");
    *format = ej_format_is_xml(r) ? EJ_XML : EJ_HTML;
    if (!asked)
        return NULL;
    for (apr_size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(asked, known[i].name)) {
            if (EJ_IS_TABLE(known[i].format) && r->method_number == M_POST)
                return NULL; /* a table would tell no error of the form */
            *format = known[i].format;
            return *format == EJ_CSV ? read_dialect(format, r, query) : NULL;
        }
    return ej_err(r->pool, JE106, "format", "no such format");
}
