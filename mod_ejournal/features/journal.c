/* journal.c: the grid of one teaching and term; saving cells; their history.
 *
 * Rooms: sql/queries/journal.sql, xslt/journal.xsl, tests/journal/
 * Rules: one cell shows a pupil's absence and marks in one work; a typed text
 * is read and checked in sql/objects/journal.sql SPDX-License-Identifier:
 * Apache-2.0
 */
#include "ej.h"

#define CELLS 2000

/* List the journals that the reader may read, of this school year or of ?year=,
 * filtered by class, subject, teacher.
 * Makes: <journal view="list" page= pages=><class/>… <subject/>… <staff/>…
 *        <teaching><term/>…</teaching>… */
ej_err_t *ej_journal_list(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"class_id", EJ_ID},
        {"subject_id", EJ_ID},
        {"staff_id", EJ_ID},
        {"year", EJ_NUMBER, .min = 2000, .max = 2099},
        {"page", EJ_NUMBER, .min = 1, .max = 1000},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *list = ej_page_row(c, "journal_list_head", p);
    ej_page_rows(c, list, "journal_classes", p);
    ej_page_rows(c, list, "journal_subjects", p);
    ej_page_rows(c, list, "journal_teachers", p);
    ej_page_rows(c, list, "journal_list", p);
    ej_page_rows(c, list, "journal_list_terms", p);
    return NULL;
}

/* Show the official printed journal (requirements 3.1); its sheet cuts it into
 * spreads. */
static ej_err_t *print(ej_ctx_t *c, ej_params_t *p)
{
    ej_page_view(c, "print");
    ej_node_t *journal = ej_page_row(c, "journal_print_head", p);
    ej_page_rows(c, journal, "journal_print_heads", p);
    ej_page_rows(c, journal, "journal_print_lessons", p);
    ej_page_rows(c, journal, "journal_print_pupils", p);
    ej_page_rows(c, journal, "journal_print_cells", p);
    ej_page_rows(c, journal, "journal_print_terms", p);
    return NULL;
}

/* Show the grid of one journal.
 * Makes: <journal …> with <term/>, scales, codes, <column/>… and one
 *        <pupil> a row, holding one <c> for each column, then
 *        <lesson><homework/></lesson>…
 * Errors: JE401 404 no such journal, or none you may see */
ej_err_t *ej_journal_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    if (ej_page_is_print(c))
        return print(c, p);
    ej_page_revision(c, "journal_revision", p);
    ej_page_scope(c, "journal_scope");
    ej_node_t *journal = ej_page_row(c, "journal_head", p);
    ej_page_rows(c, journal, "journal_terms", p);
    ej_page_rows(c, journal, "journal_scale", p);
    ej_page_rows(c, journal, "journal_term_scale", p);
    ej_page_rows(c, journal, "journal_codes", p);
    ej_page_grid(c, journal, "journal_pupils", "journal_columns",
                 "journal_cells", p);
    ej_page_rows(c, journal, "journal_lessons", p);
    ej_page_rows(c, journal, "journal_homework", p);
    return NULL;
}

/* Save any number of cells, or (work_lesson_id) make the works that the topics
 * of a lesson ask for, then send the browser back to the grid.
 * Errors: JE101 … JE120 422 a field is wrong   JE201 409 the term is closed
 *         JE291 422 a term mark without a reason
 *         JE202 … JE205 422 not enterable      JE210 409 changed meanwhile
 *         JE301 403 not your teaching */
ej_err_t *ej_journal_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"column_id", EJ_ID, .is_required = 1, .rows = CELLS},
        {"pupil_id", EJ_ID, .is_required = 1, .rows = CELLS},
        {"old", EJ_LINE, .max = 40, .rows = CELLS},
        {"value", EJ_LINE, .max = 40, .rows = CELLS},
        {0}};
    static const ej_field_t work[] = {{"work_lesson_id", EJ_ID}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, work));
    if (ej_params_get(p, "work_lesson_id")) {
        ej_page_outcomes(c, "journal_work", p);
        return ej_page_see_other(c, "/journals/{journal_id}", p);
    }
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "journal_save", p);
    return ej_page_see_other(c, "/journals/{journal_id}", p);
}

/* Show who changed one cell, when and from where.
 * Makes: <journal view="cell" …><attempt attempt= value= comment=/>…
 *        <change at= who= old= new=/>…
 * Errors: JE401 404 no such cell, or none you may see
 * Source: FED-12, FED-13 */
ej_err_t *ej_journal_cell(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *cell = ej_page_row(c, "journal_cell_head", p);
    ej_page_rows(c, cell, "journal_attempts", p);
    ej_page_rows(c, cell, "journal_changes", p);
    return NULL;
}
