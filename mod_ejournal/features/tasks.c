/* tasks.c: one homework, or one kind of work, for several classes of a teacher
 * at once.
 *
 * Rooms: sql/queries/tasks.sql, sql/objects/tasks.sql, xslt/tasks.xsl,
 *        tests/tasks/
 * Rules: it is set in the last lesson of each class, due at the next one; a
 *        lesson that has other homework refuses the whole form
 * Source: JRN-04, JRN-10
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show the last lesson of each of the reader's classes, with its homework.
 * Makes: <tasks view="list" today_on= done=><lesson/>… */
ej_err_t *ej_tasks_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *tasks = ej_page_row(c, "tasks_head", p);
    ej_page_rows(c, tasks, "tasks_rows", p);
    return ej_page_done(c, tasks, p);
}

/* Set one homework in the chosen lessons. Errors: JE101, JE104 422 no text or
 * no lesson, JE201 409
 * the journal is closed, JE212 409 a lesson has other homework, JE301 403 not
 * your lesson */
ej_err_t *ej_tasks_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"note", EJ_PROSE, .max = 4000, .is_required = 1},
        {"lesson_id", EJ_ID, .rows = 100, .is_set = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "tasks_save", p);
    return ej_page_see_other(c, "/tasks?done=added", p);
}

/* Show the reader's classes, each with the lessons to which a work may be
 * added. Makes: <tasks view="several" today_on= done=><kind/>…
 * <teaching><lesson/>…</teaching>… */
ej_err_t *ej_tasks_several(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *tasks = ej_page_row(c, "tasks_head", p);
    ej_page_rows(c, tasks, "tasks_kinds", p);
    ej_page_rows(c, tasks, "tasks_teachings", p);
    ej_page_rows(c, tasks, "tasks_lessons", p);
    return ej_page_done(c, tasks, p);
}

/* Add a work of one kind to the chosen lesson of each class. Errors: JE101,
 * JE104, JE106 422 no kind, no lesson or a wrong one, JE201 409 the journal is
 * closed, JE214 422 a lesson has too many works, JE301 403 not your lesson */
ej_err_t *ej_tasks_add(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"kind_id", EJ_ID, .is_required = 1},
        {"title", EJ_LINE, .max = 200},
        {"lesson", EJ_ID, .ids = 1, .rows = 100},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "tasks_add", p);
    return ej_page_see_other(c, "/tasks/works?done=added", p);
}
