/* fet.c: reads files of FET, the timetabling program, and writes the load as
 * such a file.
 *
 * Rooms: sql/queries/fet.sql, xslt/fet.xsl, tests/fet/
 * Rules: a file becomes a draft, whose preview shows the record of each name
 *        and the changes; the person then saves the whole draft at once
 *        (sql/objects/fet.sql, fet_match.sql, fet_write.sql)
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

#define ROWS 20001 /* of a timetable as CSV, with the heads */

/* Show the form for a file and the draft, if there is one.
 * Makes: <fet view="show" file= version= …><group kind= known= added= …/>…
 *        <work …/>… <skipped what= n=/>… <fault …/>… */
ej_err_t *ej_fet_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *draft = ej_page_row(c, "fet_show", p);
    ej_page_rows(c, draft, "fet_groups", p);
    ej_page_rows(c, draft, "fet_works", p);
    ej_page_rows(c, draft, "fet_lost", p);
    ej_page_rows(c, draft, "fet_skipped", p);
    ej_page_rows(c, draft, "fet_faults", p);
    return NULL;
}

/* Read the file into a draft. */
static ej_err_t *begin(ej_ctx_t *c, ej_params_t *p)
{
    const ej_file_t *file;
    const char *json;
    EJ_TRY(ej_page_file(&file, c, "file"));
    const char *dot = strrchr(file->name, '.');
    if (dot && !strcasecmp(dot, ".csv"))
        EJ_TRY(ej_in_table(&json, ej_page_pool(c), file, ROWS));
    else
        EJ_TRY(ej_in_document(&json, ej_page_pool(c), file));
    ej_params_set(p, "file_name", file->name);
    ej_params_set(p, "document", json);
    ej_page_once(c, "fet_begin", p);
    return NULL;
}

/* Choose the first day of the timetable, and the lesson of the first hour. */
static ej_err_t *choose_days(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"day_on", EJ_DAY, .is_required = 1},
        {"first_slot", EJ_NUMBER, .min = 0, .max = 14, .is_required = 1},
        {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_page_once(c, "fet_days", p);
    return NULL;
}

/* Save the draft whose preview the person saw. */
static ej_err_t *save(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {{"version", EJ_LINE, .max = 40}, {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "fet_save", p);
    return NULL;
}

/* Take a step: a file, the days, the saving.
 * Errors: JE101 422 no file, JE130 422 another type of file, JE131 JE104 JE107
 *         422 it cannot be read, JE134 422 a timetable without its .fet, JE171
 *         422 day_on is outside of the year, JE210 409 changed since the
 *         preview, JE242 409 no school year, JE401 404 no draft */
ej_err_t *ej_fet_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"step", EJ_CHOICE, .is_required = 1, .words = "file days save"}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    char step = ej_params_get(p, "step")[0];
    if (step == 'f')
        EJ_TRY(begin(c, p));
    else if (step == 'd')
        EJ_TRY(choose_days(c, p));
    else
        EJ_TRY(save(c, p));
    return ej_page_see_other(c, "/fet", p);
}

/* List the names of a kind (teacher, subject, room or set) with their records.
 * Makes: <fet view="names" kind= file=><name name= state= id=/>… <choice/>…
 * Errors: JE401 404 no draft, no such kind */
ej_err_t *ej_fet_names(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_page_list(c, "fet_names_head", "fet_names_rows", p));
    ej_page_rows(c, ej_page_node(c), "fet_names_choices", p);
    return NULL;
}

/* Choose the records of the names of a page.
 * Errors: JE102 422 an id is none, JE107 422 the table is not whole, JE401 404
 *         no draft */
ej_err_t *ej_fet_match(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"name", EJ_LINE, .max = 500, .rows = 100},
        {"to", EJ_NUMBER, .min = -1, .max = 2147483647, .rows = 100},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_once(c, "fet_match", p);
    return ej_page_see_other(c, "/fet", p);
}

/* Send the load, the groups, rooms and hours as a file that FET opens.
 * Errors: JE401 404 no school year */
ej_err_t *ej_fet_file(ej_ctx_t *c)
{
    ej_page_download(c, "fet_file", ej_page_params(c));
    return NULL;
}
