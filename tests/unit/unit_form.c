/* unit_form.c: the fields that handlers declare, form.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "unit_tap.h"

#include "http/params.h"

static const ej_field_t one[] = {
    {"x_id", EJ_ID},
    {"number", EJ_NUMBER, .min = -5, .max = 100},
    {"decimal", EJ_DECIMAL, .min = 0, .max = 10, .digits = 2},
    {"day_on", EJ_DAY},
    {"time_at", EJ_TIME},
    {"is_flag", EJ_FLAG},
    {"choice", EJ_CHOICE, .words = "a bc"},
    {"line", EJ_LINE, .max = 5},
    {"prose", EJ_PROSE, .max = 5, .old = 8},
    {"needed", EJ_LINE, .max = 5, .is_required = 1},
    {0}};

static const ej_field_t table[] = {{"x_id", EJ_ID, .is_required = 1, .rows = 3},
                                   {"time", EJ_TIME, .old = 1, .rows = 3},
                                   {"word", EJ_LINE, .max = 3, .rows = 3},
                                   {0}};

static const ej_field_t keyed[] = {
    {"value", EJ_PROSE, .max = 3, .ids = 2, .rows = 2}, {0}};

/* The errors of a form as "code field n, …", then the values of names. */
static const char *read_form(const ej_field_t *fields, const char *body,
                             const char *names)
{
    apr_table_t *form = apr_table_make(pool, 8);
    ej_parse_form(pool, body, strlen(body), 50, form);
    ej_params_t *p = ej_params_make(pool, apr_table_make(pool, 1), form);
    const char *made = "";
    for (ej_err_t *e = ej_form_read(p, fields); e; e = e->next)
        made = apr_psprintf(pool, "%s%s %s %d, ", made, ej_err_name(e->code),
                            e->field, e->n);
    char *rest, *name = apr_strtok(apr_pstrdup(pool, names), " ", &rest);
    for (; name; name = apr_strtok(NULL, " ", &rest)) {
        const char *value = ej_params_get(p, name);
        made = apr_psprintf(pool, "%s[%s]", made, value ? value : "-");
    }
    return made;
}

static const struct {
    const ej_field_t *fields;
    const char *body, *names, *made;
} cases[] = {
    {one, "needed=x", "x_id number decimal day_on time_at is_flag choice",
     "[-][-][-][-][-][f][-]"},
    {one, "needed=x", "line prose old_prose", "[][][]"},
    {one,
     "needed=+x+&x_id=7&number=-5&decimal=3,5&day_on=2026-11-29"
     "&time_at=08:30&is_flag=1&choice=bc",
     "needed x_id number decimal day_on time_at is_flag choice",
     "[x][7][-5][3.5][2026-11-29][08:30][t][bc]"},
    {one,
     "x_id=0&number=101&decimal=10.01&day_on=2026-02-30&time_at=24:00"
     "&choice=b&line=123456&prose=a%00",
     "x_id choice line",
     "JE102 x_id 0, JE102 number 0, JE102 decimal 0, JE103 day_on 0, "
     "JE129 time_at 0, JE106 choice 0, JE104 line 0, JE105 prose 0, "
     "JE101 needed 0, [-][-][]"},
    {one, "needed=x&old_prose=12345678", "prose old_prose",
     "[12345678][12345678]"},
    {one, "needed=x&old_prose=123&prose=", "prose old_prose", "[][123]"},
    {one, "needed=x&old_prose=123456789", "needed", "JE104 old_prose 0, [x]"},
    {one, "needed=x&undeclared=1", "undeclared", "[-]"},
    {table, "", "x_id time word", "[{}][{}][{}]"},
    {table,
     "x_id=1&time=08:30&old_time=&word=a&x_id=2&time=&old_time=09:00"
     "&word=",
     "x_id time old_time word",
     "[{\"1\",\"2\"}][{\"08:30\",NULL}][{NULL,\"09:00\"}][{\"a\",\"\"}]"},
    {table,
     "x_id=1&x_id=z&x_id=&time=&time=8:30&time=&old_time=&old_time="
     "&old_time=&word=a&word=b&word=long",
     "", "JE102 x_id 2, JE101 x_id 3, JE129 time 2, JE104 word 3, "},
    {table, "x_id=1&x_id=2&time=&old_time=&old_time=&word=&word=", "",
     "JE107 time 0, "},
    {table, "x_id=1&x_id=2&x_id=3&x_id=4", "",
     "JE107 x_id 0, JE107 time 0, JE107 old_time 0, JE107 word 0, "},
    {keyed, "value.1.2=a&old_value.1.2=b&value.3.4=&valued.1.2=c&value.1=d",
     "value old_value value_id value_id2",
     "[{\"a\",\"\"}][{\"b\",\"\"}][{\"1\",\"3\"}][{\"2\",\"4\"}]"},
    {keyed, "value.1.2=long&value.3.4=b", "", "JE104 value.1.2 0, "},
    {keyed, "value.1.2=&value.3.4=&value.5.6=", "", "JE107 value 0, "},
};

int main(void)
{
    begin();
    for (int i = 0; i < COUNT(cases); i++) {
        const char *made =
            read_form(cases[i].fields, cases[i].body, cases[i].names);
        ok(!strcmp(made, cases[i].made),
           apr_psprintf(pool, "%s: %s", cases[i].body, made));
    }
    return end();
}
