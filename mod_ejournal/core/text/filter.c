/* filter.c: parses the filter of a request for a list of OneRoster.
 *
 * The result is data: names and values are never put into the text of a
 * statement here (sql/objects/oneroster_page.sql checks the names).
 * Source: 1EdTech OneRoster 1.2, Rostering Service, "Filtering"
 * SPDX-License-Identifier: Apache-2.0
 */
#include "text/filter.h"

#include <apr_lib.h>

#include "text/text.h"

#define TERMS 10
#define FIELD 64  /* bytes of a field's name */
#define VALUE 256 /* characters of a value */

static void skip_blanks(const char **at)
{
    *at += strspn(*at, " ");
}

/* The field at *at, and move *at behind it; NULL: there is none. */
static const char *take_field(apr_pool_t *pool, const char **at)
{
    const char *start = *at;
    int is_start = 1; /* of a name */
    while (apr_isalnum(**at) || (**at == '.' && !is_start)) {
        if (is_start && !apr_isalpha(**at))
            return NULL;
        is_start = **at == '.';
        (*at)++;
    }
    return is_start || *at - start > FIELD
               ? NULL
               : apr_pstrmemdup(pool, start, (apr_size_t)(*at - start));
}

/* The operator at *at, likewise. */
static const char *take_op(const char **at)
{
    static const char *const known[] = {"!=", ">=", "<=", "=",
                                        ">",  "<",  "~",  NULL};
    for (int i = 0; known[i]; i++)
        if (!strncmp(*at, known[i], strlen(known[i]))) {
            *at += strlen(known[i]);
            return known[i];
        }
    return NULL;
}

/* The value at *at, likewise, without its apostrophes. */
static const char *take_value(apr_pool_t *pool, const char **at)
{
    if (**at != '\'')
        return NULL;
    char *value = apr_palloc(pool, strlen(*at)), *to = value;
    for ((*at)++; **at; (*at)++) {
        if (**at == '\'' && (*at)[1] != '\'')
            break;
        *at += **at == '\'';
        *to++ = **at;
    }
    if (**at != '\'')
        return NULL;
    (*at)++;
    *to = '\0';
    return ej_text_is_clean(value, strlen(value), 0) &&
                   ej_text_length(value) <= VALUE
               ? value
               : NULL;
}

/* The comparison at *at, likewise, as an array of JSON. */
static const char *take_term(apr_pool_t *pool, const char **at)
{
    skip_blanks(at);
    const char *field = take_field(pool, at);
    skip_blanks(at);
    const char *op = field ? take_op(at) : NULL;
    skip_blanks(at);
    const char *value = op ? take_value(pool, at) : NULL;
    return value ? apr_psprintf(pool, "[\"%s\",\"%s\",%s]", field, op,
                                ej_text_json(pool, value))
                 : NULL;
}

/* The word AND or OR, with blanks around it: 'A', 'O'; 0: neither. */
static char take_word(const char **at)
{
    const char *start = *at;
    skip_blanks(at);
    apr_size_t length = strcspn(*at, " ");
    char word = length == 3 && !strncasecmp(*at, "AND", 3)  ? 'A'
                : length == 2 && !strncasecmp(*at, "OR", 2) ? 'O'
                                                            : 0;
    const char *end = *at + length;
    int is_apart = *at > start && *end == ' ';
    *at = end;
    return is_apart ? word : 0;
}

ej_code_t ej_filter_read(const char **json, apr_pool_t *pool, const char *text)
{
    apr_array_header_t *terms = apr_array_make(pool, 2, sizeof(char *));
    const char *at = text;
    char joined = 0;
    for (;;) {
        const char *term = take_term(pool, &at);
        if (!term || terms->nelts == TERMS)
            return JE180;
        APR_ARRAY_PUSH(terms, const char *) = term;
        if (!at[strspn(at, " ")])
            break;
        char word = take_word(&at);
        /* the standard does not say whether AND or OR binds closer */
        if (!word || (joined && word != joined))
            return JE180;
        joined = word;
    }
    *json = apr_pstrcat(pool, "{\"any\":", joined == 'O' ? "true" : "false",
                        ",\"terms\":[", apr_array_pstrcat(pool, terms, ','),
                        "]}", NULL);
    return EJ_OK;
}
