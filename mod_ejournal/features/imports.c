/* imports.c: rows of a file become rows of a list of the school.
 *
 * Rooms: sql/queries/imports.sql, xslt/imports.xsl, tests/imports/
 * Rules: a file becomes a draft with a preview of the changes, which are then
 *        saved all or not at all (sql/objects/imports.sql; the lists are in
 *        imports_lists.sql)
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

#define ROWS 5001 /* with the heads */

/* List the lists that can be filled from a file.
 * Makes: <imports view="list"><kind kind=/>… */
ej_err_t *ej_imports_list(ej_ctx_t *c)
{
    ej_page_rows(c, ej_page_node(c), "imports_kinds", ej_page_params(c));
    return NULL;
}

/* Show the first rows of a list with the columns of its import; as CSV or XLSX
 * all rows, to be edited and imported again.
 * Makes: <imports view="export" kind=><column name= type=/>… <line c1= …/>…
 * Errors: JE401 404 no such list, or not yours to change */
ej_err_t *ej_imports_export(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *list = ej_page_row(c, "imports_head", p);
    ej_page_rows(c, list, "imports_columns", p);
    ej_params_set(p, "lines", "60");
    ej_page_stream(c, list, "imports_lines", p);
    return NULL;
}

/* Show a file to be filled in: the columns, and one row as an example.
 * Makes: <imports view="sample" kind=><column name= type= example=/>…
 * Errors: JE401 404 no such list, or not yours to change */
ej_err_t *ej_imports_sample(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *list = ej_page_row(c, "imports_head", p);
    ej_page_rows(c, list, "imports_columns", p);
    return NULL;
}

/* Show the form for a file and the draft of this list, if there is one.
 * Makes: <imports kind= file= version= rows= added= changed= same= bad=
 *        is_saved= is_stale= todo= order_no= order_on= reason= map=>
 *        <job job_id= state= percent= …/> <field field= name= n=/>…
 *        <head n= name=/>… <row line= done= …/>…
 *        <question line= field= name= id= person=/>…
 *        <map import_map_id= name= columns=/>…
 * Errors: JE401 404 no such list */
ej_err_t *ej_imports_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *draft = ej_page_row(c, "imports_show", p);
    ej_page_rows(c, draft, "imports_job", p);
    ej_page_rows(c, draft, "imports_fields", p);
    ej_page_rows(c, draft, "imports_heads", p);
    ej_page_rows(c, draft, "imports_rows", p);
    ej_page_rows(c, draft, "imports_questions", p);
    ej_page_rows(c, draft, "imports_maps", p);
    return NULL;
}

/* Read the file into a draft. */
static ej_err_t *begin(ej_ctx_t *c, ej_params_t *p)
{
    const ej_file_t *file;
    const char *rows;
    EJ_TRY(ej_page_file(&file, c, "file"));
    const char *dot = strrchr(file->name, '.');
    ej_params_set(p, "file_name", file->name);
    if (dot && !strcasecmp(dot, ".zip")) {
        EJ_TRY(ej_in_roster(&rows, ej_page_pool(c), file));
        ej_params_set(p, "rows", rows);
        ej_page_once(c, "imports_roster", p);
        return NULL;
    }
    EJ_TRY(ej_in_table(&rows, ej_page_pool(c), file, ROWS));
    ej_params_set(p, "rows", rows);
    ej_page_once(c, "imports_begin", p);
    return NULL;
}

/* Choose the columns of the fields. */
static ej_err_t *match(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"field", EJ_LINE, .max = 40, .rows = 100},
        {"n", EJ_NUMBER, .min = 0, .max = 100, .is_required = 1, .rows = 100},
        {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_page_once(c, "imports_match", p);
    return NULL;
}

/* Choose the person where several people have the name in the file. */
static ej_err_t *answer(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"question", EJ_LINE, .max = 40, .rows = 200},
        {"person_id", EJ_NUMBER, .min = 0, .max = 2147483647, .rows = 200},
        {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_page_once(c, "imports_answer", p);
    return NULL;
}

/* Name the order by which pupils are enrolled. */
static ej_err_t *enrol_by(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"order_no", EJ_LINE, .max = 40, .is_required = 1},
        {"order_on", EJ_DAY, .is_required = 1},
        {"reason", EJ_CHOICE, .is_required = 1,
         .words = "first_grade from_school from_city from_abroad from_family "
                  "restored other"},
        {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_page_once(c, "imports_enrol_by", p);
    return NULL;
}

/* Save the chosen columns as a map of this name. */
static ej_err_t *remember(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"map_name", EJ_LINE, .max = 100, .is_required = 1}, {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_page_once(c, "imports_map_save", p);
    return NULL;
}

/* Give a map of columns another name. */
static ej_err_t *rename_map(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"import_map_id", EJ_ID, .is_required = 1},
        {"old_name", EJ_LINE, .max = 100},
        {"name", EJ_LINE, .max = 100, .is_required = 1},
        {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_page_once(c, "imports_map_rename", p);
    return NULL;
}

/* Apply a map of columns no longer. */
static ej_err_t *end_map(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"import_map_id", EJ_ID, .is_required = 1}, {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_page_once(c, "imports_map_end", p);
    return NULL;
}

/* Save the draft whose preview the person saw. */
static ej_err_t *save(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {{"version", EJ_LINE, .max = 40}, {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "imports_save", p);
    return NULL;
}

/* Take a step of an import: read a file, choose columns, people or the order of
 * enrolment, save, or order again or cancel the job of a file with many rows;
 * or, by the administrator, save, rename or end a map of columns.
 * Errors: JE101 422 no file, JE130 422 another type of file, JE131 422 cannot
 *         be read, JE107 422 too many rows, JE210 409 changed since the
 *         preview, JE215 409 a job works on the list, JE401 404 no such list or
 *         draft */
ej_err_t *ej_imports_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"step", EJ_CHOICE, .is_required = 1,
         .words = "file match answer order save again cancel map rename end"},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    const char *step = ej_params_get(p, "step");
    if (!strcmp(step, "file"))
        EJ_TRY(begin(c, p));
    else if (!strcmp(step, "match"))
        EJ_TRY(match(c, p));
    else if (!strcmp(step, "answer"))
        EJ_TRY(answer(c, p));
    else if (!strcmp(step, "order"))
        EJ_TRY(enrol_by(c, p));
    else if (!strcmp(step, "save"))
        EJ_TRY(save(c, p));
    else if (!strcmp(step, "map"))
        EJ_TRY(remember(c, p));
    else if (!strcmp(step, "rename"))
        EJ_TRY(rename_map(c, p));
    else if (!strcmp(step, "end"))
        EJ_TRY(end_map(c, p));
    else if (!strcmp(step, "again"))
        ej_page_exec(c, "imports_again", p);
    else
        ej_page_exec(c, "imports_cancel", p);
    return ej_page_see_other(c, "/imports/{kind_key}", p);
}
