/* form.c: reads the fields that a handler declares into its parameters.
 *
 * Only declared fields become parameters, so a form cannot smuggle one in. All
 * errors are collected and reported together.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "http/params.h"

#include "text/day.h"
#include "text/parse.h"
#include "text/text.h"

#define MOST_OLD 8000 /* characters of the old value of a field with ids */

/* -------------------------------------------------------------- values -- */

/* Read the text *value as a type, and set it to the parameter's text. value is
 * neither NULL nor empty. Returns EJ_OK or the code of the error. */
typedef ej_code_t read_t(const char **value, const ej_field_t *field,
                         apr_pool_t *pool);

static ej_code_t read_id(const char **value, const ej_field_t *field,
                         apr_pool_t *pool)
{
    ej_id_t id;
    (void)field, (void)pool;
    return ej_parse_id(&id, *value, strlen(*value)) ? EJ_OK : JE102;
}

static ej_code_t read_number(const char **value, const ej_field_t *field,
                             apr_pool_t *pool)
{
    int number;
    (void)pool;
    return ej_parse_number(&number, *value, field->min, field->max) ? EJ_OK
                                                                    : JE102;
}

static ej_code_t read_decimal(const char **value, const ej_field_t *field,
                              apr_pool_t *pool)
{
    return ej_parse_decimal(value, pool, *value, field->min, field->max,
                            field->digits)
               ? EJ_OK
               : JE102;
}

static ej_code_t read_day(const char **value, const ej_field_t *field,
                          apr_pool_t *pool)
{
    (void)field;
    const char *day = ej_day_read(pool, *value);
    if (!day)
        return JE103;
    *value = day;
    return EJ_OK;
}

static ej_code_t read_time(const char **value, const ej_field_t *field,
                           apr_pool_t *pool)
{
    (void)field, (void)pool;
    return ej_day_is_time(*value) ? EJ_OK : JE129;
}

static ej_code_t read_flag(const char **value, const ej_field_t *field,
                           apr_pool_t *pool)
{
    (void)field, (void)pool;
    *value = !strcmp(*value, "1") || !strcmp(*value, "on") ? "t" : "f";
    return EJ_OK;
}

static ej_code_t read_choice(const char **value, const ej_field_t *field,
                             apr_pool_t *pool)
{
    char *rest, *word = apr_strtok(apr_pstrdup(pool, field->words), " ", &rest);
    while (word && strcmp(word, *value))
        word = apr_strtok(NULL, " ", &rest);
    return word ? EJ_OK : JE106;
}

/* Why a text cannot be taken, or EJ_OK. */
static ej_code_t text_fault(const char *value, int max, int lines)
{
    if (!ej_text_is_clean(value, strlen(value), lines))
        return JE105;
    return ej_text_length(value) > (apr_size_t)max ? JE104 : EJ_OK;
}

static ej_code_t read_text(const char **value, const ej_field_t *field,
                           apr_pool_t *pool)
{
    (void)pool;
    return text_fault(*value, field->max, field->type == EJ_PROSE);
}

static ej_code_t read_code(const char **value, const ej_field_t *field,
                           apr_pool_t *pool)
{
    ej_code_t code = text_fault(*value, 200, 0);
    (void)field;
    if (!code)
        *value = ej_text_code(pool, *value);
    return code;
}

static ej_code_t read_secret(const char **value, const ej_field_t *field,
                             apr_pool_t *pool)
{
    (void)pool;
    if (strlen(*value) > (apr_size_t)field->max * 4)
        return JE104;
    return strchr(*value, EJ_FORM_NUL) ? JE105 : EJ_OK;
}

/* Each type: how it is read, and the parameter of an empty field. */
static const struct {
    read_t *read;
    const char *empty;
} types[] = {
    [EJ_ID] = {read_id, NULL},           [EJ_NUMBER] = {read_number, NULL},
    [EJ_DECIMAL] = {read_decimal, NULL}, [EJ_DAY] = {read_day, NULL},
    [EJ_TIME] = {read_time, NULL},       [EJ_FLAG] = {read_flag, "f"},
    [EJ_CHOICE] = {read_choice, NULL},   [EJ_LINE] = {read_text, ""},
    [EJ_PROSE] = {read_text, ""},        [EJ_CODE] = {read_code, ""},
    [EJ_SECRET] = {read_secret, ""}};

/* The parameter of a sent value, which may be NULL; a bad value is reported
 * under name and row n, and counts as empty. */
static const char *read_value(ej_params_t *p, const ej_field_t *field,
                              const char *name, int n, const char *sent)
{
    const char *value =
        !sent || field->type == EJ_SECRET ? sent : ej_text_trim(p->pool, sent);
    int is_empty = !value || !*value;
    ej_code_t code = !is_empty ? types[field->type].read(&value, field, p->pool)
                     : field->is_required ? JE101
                                          : EJ_OK;
    if (code)
        ej_params_refuse(p, code, name, n, NULL);
    return code || is_empty ? types[field->type].empty : value;
}

/* The field that holds the value before the edit. */
static ej_field_t old_field(ej_params_t *p, const ej_field_t *field, int max)
{
    ej_field_t old = *field;
    old.name = apr_pstrcat(p->pool, "old_", field->name, NULL);
    old.is_required = 0;
    if (field->type == EJ_LINE || field->type == EJ_PROSE)
        old.max = max;
    return old;
}

/* -------------------------------------------------------------- fields -- */

/* Set the parameter of one value. */
static void put_one(ej_params_t *p, const char *name, const char *value)
{
    ej_params_set(p, name, value);
    if (!apr_hash_get(p->secret, name, APR_HASH_KEY_STRING))
        APR_ARRAY_PUSH(p->fields, const char *) = name;
}

/* Read one value, and the old one if the field is declared to have one. */
static void read_one(ej_params_t *p, const ej_field_t *field)
{
    const char *sent = apr_table_get(p->form, field->name), *was = NULL;
    if (field->type == EJ_SECRET)
        apr_hash_set(p->secret, field->name, APR_HASH_KEY_STRING, "");
    if (field->old) {
        ej_field_t old = old_field(p, field, field->old);
        was =
            read_value(p, &old, old.name, 0, apr_table_get(p->form, old.name));
        put_one(p, old.name, was);
    }
    int is_left = field->old && !sent && field->type != EJ_FLAG;
    put_one(p, field->name,
            is_left ? was : read_value(p, field, field->name, 0, sent));
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

/* Read all values of a repeated field. */
static void read_array(ej_params_t *p, const ej_field_t *field)
{
    apr_array_header_t *values =
        apr_array_make(p->pool, p->rows > 0 ? p->rows : 16, sizeof(char *));
    const apr_array_header_t *pairs = apr_table_elts(p->form);
    for (int i = 0; i < pairs->nelts; i++) {
        const apr_table_entry_t *pair =
            &APR_ARRAY_IDX(pairs, i, apr_table_entry_t);
        if (!strcmp(pair->key, field->name))
            APR_ARRAY_PUSH(values, const char *) =
                read_value(p, field, field->name, values->nelts + 1, pair->val);
    }
    int rows = p->rows;
    if (field->is_set)
        p->rows = -1;
    put_array(p, field->name, values, field->rows);
    if (field->is_set)
        p->rows = rows;
    if (field->old) {
        ej_field_t old = old_field(p, field, field->old);
        old.old = 0;
        read_array(p, &old);
    }
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

/* Read the fields that have ids in their names. */
static void read_keyed(ej_params_t *p, const ej_field_t *field)
{
    static const char *const suffix[3] = {"_id", "_id2", "_id3"};
    apr_array_header_t *texts = apr_array_make(p->pool, 32, sizeof(char *));
    apr_array_header_t *olds = apr_array_make(p->pool, 32, sizeof(char *));
    apr_array_header_t *keys[3];
    for (int k = 0; k < 3; k++)
        keys[k] = apr_array_make(p->pool, 32, sizeof(char *));
    const apr_array_header_t *pairs = apr_table_elts(p->form);
    ej_field_t old = old_field(p, field, MOST_OLD);

    for (int i = 0; i < pairs->nelts; i++) {
        const apr_table_entry_t *pair =
            &APR_ARRAY_IDX(pairs, i, apr_table_entry_t);
        const char *found[3];
        if (!read_key(pair->key, field->name, field->ids, found, p->pool))
            continue;
        if (texts->nelts == field->rows) {
            ej_params_refuse(p, JE107, field->name, 0, NULL);
            return;
        }
        APR_ARRAY_PUSH(texts, const char *) =
            read_value(p, field, pair->key, 0, pair->val);
        const char *name = apr_pstrcat(p->pool, "old_", pair->key, NULL);
        APR_ARRAY_PUSH(olds, const char *) =
            read_value(p, &old, name, 0,
                       apr_hash_get(form_index(p), name, APR_HASH_KEY_STRING));
        for (int k = 0; k < field->ids; k++)
            APR_ARRAY_PUSH(keys[k], const char *) = found[k];
    }
    p->rows = -1; /* the fields of one name are a table of their own */
    put_array(p, field->name, texts, field->rows);
    put_array(p, old.name, olds, field->rows);
    for (int k = 0; k < field->ids; k++)
        put_array(p, apr_pstrcat(p->pool, field->name, suffix[k], NULL),
                  keys[k], field->rows);
    p->rows = -1;
}

ej_err_t *ej_form_read(ej_params_t *p, const ej_field_t *fields)
{
    for (const ej_field_t *field = fields; field->name; field++)
        if (field->ids)
            read_keyed(p, field);
        else if (field->rows)
            read_array(p, field);
        else
            read_one(p, field);
    return p->first;
}

ej_err_t *ej_form_list(ej_params_t *p, const char *sorts)
{
    const ej_field_t fields[] = {{"page", EJ_NUMBER, .min = 1, .max = 1000},
                                 {"find", EJ_LINE, .max = 100},
                                 {"sort", EJ_CHOICE, .words = sorts},
                                 {0}};
    ej_err_t *bad = ej_form_read(p, fields);
    if (!bad && !ej_params_get(p, "sort"))
        ej_params_set(p, "sort",
                      apr_pstrmemdup(p->pool, sorts, strcspn(sorts, " ")));
    return bad;
}
