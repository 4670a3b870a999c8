/* form.c: reads the fields that a handler declares into its parameters.
 *
 * Only declared fields become parameters, so a form cannot smuggle one in. All
 * errors are collected and reported together.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "http/params.h"

#include <httpd.h>

#include "text/day.h"
#include "text/parse.h"
#include "text/text.h"

/* -------------------------------------------------------------- fields -- */

/* The trimmed value of a field; NULL when it is missing or only blanks. */
static const char *field_value(ej_params_t *p, const char *name, int required)
{
    const char *value = apr_table_get(p->form, name);
    if (value && !*(value = ej_text_trim(p->pool, value)))
        value = NULL;
    if (!value && required)
        ej_params_refuse(p, JE101, name, 0, NULL);
    return value;
}

void ej_form_id(ej_params_t *p, const char *name, int required)
{
    ej_id_t id;
    const char *value = field_value(p, name, required);
    if (value && !ej_parse_id(&id, value, strlen(value))) {
        ej_params_refuse(p, JE102, name, 0, NULL);
        value = NULL;
    }
    ej_params_set(p, name, value);
}

void ej_form_number(ej_params_t *p, const char *name, int min, int max)
{
    int number;
    const char *value = field_value(p, name, EJ_OPTIONAL);
    if (value && !ej_parse_number(&number, value, min, max)) {
        ej_params_refuse(p, JE102, name, 0, NULL);
        value = NULL;
    }
    ej_params_set(p, name, value);
}

void ej_form_day(ej_params_t *p, const char *name, int required)
{
    const char *value = field_value(p, name, required);
    if (value && !ej_day_is(value)) {
        ej_params_refuse(p, JE103, name, 0, NULL);
        value = NULL;
    }
    ej_params_set(p, name, value);
}

void ej_form_flag(ej_params_t *p, const char *name)
{
    const char *value = field_value(p, name, EJ_OPTIONAL);
    int is_set = value && (!strcmp(value, "1") || !strcmp(value, "on"));
    ej_params_set(p, name, is_set ? "t" : "f");
}

/* The error code of an invalid text, or EJ_OK. */
static ej_code_t text_fault(const char *value, int max, int lines)
{
    if (!ej_text_is_clean(value, strlen(value), lines))
        return JE105;
    if (ej_text_length(value) > (apr_size_t)max)
        return JE104;
    return EJ_OK;
}

/* Read a text field; lines lets line breaks pass. */
static void read_text(ej_params_t *p, const char *name, int max, int required,
                      int lines)
{
    const char *value = field_value(p, name, required);
    ej_code_t code = value ? text_fault(value, max, lines) : EJ_OK;
    if (code)
        ej_params_refuse(p, code, name, 0, NULL);
    ej_params_set(p, name, code || !value ? "" : value);
}

void ej_form_line(ej_params_t *p, const char *name, int max, int required)
{
    read_text(p, name, max, required, 0);
}

void ej_form_prose(ej_params_t *p, const char *name, int max, int required)
{
    read_text(p, name, max, required, 1);
}

void ej_form_edited(ej_params_t *p, const char *name, int max, int old_max)
{
    const char *old = apr_pstrcat(p->pool, "old_", name, NULL);
    ej_form_prose(p, old, old_max, EJ_OPTIONAL);
    ej_form_prose(p, name, max, EJ_OPTIONAL);
    if (!apr_table_get(p->form, name))
        ej_params_set(p, name, ej_params_get(p, old));
}

void ej_form_secret(ej_params_t *p, const char *name, int max)
{
    const char *value = apr_table_get(p->form, name);
    apr_hash_set(p->secret, name, APR_HASH_KEY_STRING, "");
    if (!value || !*value)
        ej_params_refuse(p, JE101, name, 0, NULL);
    else if (strlen(value) > (apr_size_t)max * 4)
        ej_params_refuse(p, JE104, name, 0, NULL);
    else if (strchr(value, EJ_FORM_NUL))
        ej_params_refuse(p, JE105, name, 0, NULL);
    ej_params_set(p, name, value ? value : "");
}

void ej_form_code(ej_params_t *p, const char *name)
{
    const char *value = field_value(p, name, EJ_REQUIRED);
    ej_code_t fault = value ? text_fault(value, 200, 0) : EJ_OK;
    if (fault)
        ej_params_refuse(p, fault, name, 0, NULL);
    ej_params_set(p, name, fault || !value ? "" : ej_text_code(p->pool, value));
}

void ej_form_list(ej_params_t *p, const char *sorts)
{
    apr_array_header_t *known = apr_array_make(p->pool, 4, sizeof(char *));
    char *rest, *word = apr_strtok(apr_pstrdup(p->pool, sorts), " ", &rest);
    for (; word; word = apr_strtok(NULL, " ", &rest))
        APR_ARRAY_PUSH(known, const char *) = word;
    ej_form_number(p, "page", 1, 1000);
    ej_form_line(p, "find", 100, EJ_OPTIONAL);
    ej_form_line(p, "sort", 20, EJ_OPTIONAL);
    const char *sort = ej_params_get(p, "sort");
    if (!*sort)
        ej_params_set(p, "sort", APR_ARRAY_IDX(known, 0, const char *));
    else if (!ap_array_str_contains(known, sort))
        ej_params_refuse(p, JE106, "sort", 0, NULL);
}

/* ------------------------------------------------------------- arrays -- */

/* All values of a repeated field, trimmed. */
static apr_array_header_t *field_values(ej_params_t *p, const char *name)
{
    apr_array_header_t *found =
        apr_array_make(p->pool, p->rows > 0 ? p->rows : 16, sizeof(char *));
    const apr_array_header_t *pairs = apr_table_elts(p->form);
    for (int i = 0; i < pairs->nelts; i++) {
        const apr_table_entry_t *pair =
            &APR_ARRAY_IDX(pairs, i, apr_table_entry_t);
        if (!strcmp(pair->key, name))
            APR_ARRAY_PUSH(found, const char *) =
                ej_text_trim(p->pool, pair->val);
    }
    return found;
}

/* Set a parameter to an array; JE107 when its length does not fit. */
static void put_array(ej_params_t *p, const char *name,
                      const apr_array_header_t *texts, int max)
{
    if (p->rows < 0)
        p->rows = texts->nelts;
    if (texts->nelts != p->rows || texts->nelts > max)
        ej_params_refuse(p, JE107, name, 0, NULL);
    else
        ej_params_set(p, name,
                      ej_text_array(p->pool, (const char *const *)texts->elts,
                                    texts->nelts));
}

void ej_form_ids(ej_params_t *p, const char *name, int max)
{
    const apr_array_header_t *texts = field_values(p, name);
    for (int i = 0; i < texts->nelts; i++) {
        ej_id_t id;
        const char *value = APR_ARRAY_IDX(texts, i, const char *);
        if (!ej_parse_id(&id, value, strlen(value)))
            ej_params_refuse(p, JE102, name, i + 1, NULL);
    }
    put_array(p, name, texts, max);
}

void ej_form_lines(ej_params_t *p, const char *name, int length, int max)
{
    const apr_array_header_t *texts = field_values(p, name);
    for (int i = 0; i < texts->nelts; i++) {
        ej_code_t code =
            text_fault(APR_ARRAY_IDX(texts, i, const char *), length, 0);
        if (code)
            ej_params_refuse(p, code, name, i + 1, NULL);
    }
    put_array(p, name, texts, max);
}

/* Set found to the ids after `prefix.` in a field's name; 0 when the name does
 * not have that form. Of three ids the last may be left out: it is 1. */
static int read_key(const char *name, const char *prefix, int ids,
                    const char *found[3], apr_pool_t *pool)
{
    apr_size_t length = strlen(prefix);
    ej_id_t id;
    if (strncmp(name, prefix, length) || name[length] != '.')
        return 0;
    char *rest = apr_pstrdup(pool, name + length + 1);
    int n = 0;
    for (found[2] = "1"; rest && n < ids; n++) {
        char *dot = strchr(rest, '.');
        if (dot)
            *dot = '\0';
        if (!ej_parse_id(&id, rest, strlen(rest)))
            return 0;
        found[n] = rest;
        rest = dot ? dot + 1 : NULL;
    }
    return !rest && n >= (ids > 2 ? 2 : ids);
}

/* The text of one keyed field; an error names the field in full. */
static const char *keyed_text(ej_params_t *p, const char *name,
                              const char *value, int length)
{
    const char *trimmed = ej_text_trim(p->pool, value);
    ej_code_t code = text_fault(trimmed, length, 1);
    if (code)
        ej_params_refuse(p, code, name, 0, NULL);
    return code ? "" : trimmed;
}

/* The first value of each field by its name, as a hash: looking up in the
 * form's table is linear. */
static apr_hash_t *form_index(ej_params_t *p)
{
    const apr_array_header_t *pairs = apr_table_elts(p->form);
    if (p->index)
        return p->index;
    p->index = apr_hash_make(p->pool);
    for (int i = pairs->nelts - 1; i >= 0; i--) {
        const apr_table_entry_t *pair =
            &APR_ARRAY_IDX(pairs, i, apr_table_entry_t);
        apr_hash_set(p->index, pair->key, APR_HASH_KEY_STRING, pair->val);
    }
    return p->index;
}

void ej_form_keyed(ej_params_t *p, const char *prefix, int ids, int length,
                   int max)
{
    apr_array_header_t *texts = apr_array_make(p->pool, 32, sizeof(char *));
    apr_array_header_t *olds = apr_array_make(p->pool, 32, sizeof(char *));
    static const char *const suffix[3] = {"_id", "_id2", "_id3"};
    apr_array_header_t *keys[3];
    for (int k = 0; k < 3; k++)
        keys[k] = apr_array_make(p->pool, 32, sizeof(char *));
    const apr_array_header_t *pairs = apr_table_elts(p->form);

    for (int i = 0; i < pairs->nelts; i++) {
        const apr_table_entry_t *pair =
            &APR_ARRAY_IDX(pairs, i, apr_table_entry_t);
        const char *found[3];
        if (!read_key(pair->key, prefix, ids, found, p->pool))
            continue;
        if (texts->nelts == max) {
            ej_params_refuse(p, JE107, prefix, 0, NULL);
            return;
        }
        APR_ARRAY_PUSH(texts, const char *) =
            keyed_text(p, pair->key, pair->val, length);
        const char *name = apr_pstrcat(p->pool, "old_", pair->key, NULL);
        const char *old =
            apr_hash_get(form_index(p), name, APR_HASH_KEY_STRING);
        APR_ARRAY_PUSH(olds, const char *) =
            keyed_text(p, name, old ? old : "", 8000);
        for (int k = 0; k < ids; k++)
            APR_ARRAY_PUSH(keys[k], const char *) = found[k];
    }
    p->rows = -1; /* each prefix is a table of its own */
    put_array(p, prefix, texts, max);
    put_array(p, apr_pstrcat(p->pool, "old_", prefix, NULL), olds, max);
    for (int k = 0; k < ids; k++)
        put_array(p, apr_pstrcat(p->pool, prefix, suffix[k], NULL), keys[k],
                  max);
    p->rows = -1;
}
