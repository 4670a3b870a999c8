/* marksheets.c: a table of marks from another system becomes cells of a journal.
 *
 * Rooms: sql/queries/marksheets.sql, xslt/marksheets.xsl, tests/marksheets/
 * Rules: a file becomes a draft with a preview; what is saved is saved as if the
 *        teacher had typed it, and replaces nothing unasked
 *        (sql/objects/marksheets.sql)
 * Source: INT-01
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

#define ROWS 201 /* with the heads */

/* Show the form for a file and the draft of this journal, if there is one.
 * Makes: <marksheets view="show" journal_id= class_name= … file= version= added=
 *        same= differs= free= bad= saved=><cell …/>… <day …/>… <file …/>…
 * Errors: JE401 404 no such journal, or of another teacher */
ej_err_t *ej_marksheets_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *sheet = ej_page_row(c, "marksheets_show", p);
    ej_page_rows(c, sheet, "marksheets_cells", p);
    ej_page_rows(c, sheet, "marksheets_days", p);
    ej_page_rows(c, sheet, "marksheets_files", p);
    return NULL;
}

/* Read the file into a draft. */
static ej_err_t *begin(ej_ctx_t *c, ej_params_t *p)
{
    const ej_file_t *file;
    const char *rows;
    EJ_TRY(ej_page_file(&file, c, "file"));
    EJ_TRY(ej_in_table(&rows, ej_page_pool(c), file, ROWS));
    ej_params_set(p, "file_name", file->name);
    ej_params_set(p, "rows", rows);
    ej_page_once(c, "marksheets_begin", p);
    return NULL;
}

/* Save the draft whose preview the teacher saw. */
static ej_err_t *save(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"version", EJ_LINE, .max = 40}, {"is_replaced", EJ_FLAG}, {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "marksheets_save", p);
    return NULL;
}

/* Take a step: read a file, or save what it adds.
 * Errors: JE101 422 no file, JE130 422 another type of file, JE131 JE104 JE107
 *         422 it cannot be read, JE103 422 it has no row of days, JE210 409
 *         changed since the preview, JE401 404 no such journal or draft; those
 *         of ej_journal_save */
ej_err_t *ej_marksheets_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"step", EJ_CHOICE, .is_required = 1, .words = "file save"}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    if (!strcmp(ej_params_get(p, "step"), "file"))
        EJ_TRY(begin(c, p));
    else
        EJ_TRY(save(c, p));
    return ej_page_see_other(c, "/journals/{journal_id}/marksheet", p);
}
