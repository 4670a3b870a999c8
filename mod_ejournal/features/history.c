/* history.c: every change of the school's records, newest first.
 *
 * Rooms: sql/queries/history.sql, xslt/history.xsl, tests/history/
 * Source: the history is append-only (sql/objects/history.sql); row policies
 *         decide which changes a reader sees
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the changes: ?find= a colleague, ?kind=, ?from_on= and ?to_on= days; by
 * key. As CSV or XLSX all that are found.
 * Makes: <history find= kind= from_on= to_on= next= previous=><change/>…
 * Errors: JE102 422 no such key, JE103 422 no day, JE106 422 no such kind */
ej_err_t *ej_history_list(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"find", EJ_LINE, .max = 100},
        {"kind", EJ_CHOICE, .words = "journal people accounts setup"},
        {"from_on", EJ_DAY},
        {"to_on", EJ_DAY},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    return ej_page_list(c, "history_head", "history_changes", p);
}

/* Show the changes of a lesson: its topic, works, marks, absences, tasks.
 * Makes: <history view="lesson" lesson_id= name=><change/>…
 * Errors: JE401 404 no such lesson, or none you may see. Source: FED-12 */
ej_err_t *ej_history_lesson(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *history = ej_page_row(c, "history_lesson", p);
    ej_page_rows(c, history, "history_record", p);
    return NULL;
}

/* Show the changes of a pupil's card, classes and groups.
 * Makes: <history view="pupil" pupil_id= name=><change/>…
 * Errors: JE401 404 no such pupil, or none whose card you may see */
ej_err_t *ej_history_pupil(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *history = ej_page_row(c, "history_pupil", p);
    ej_page_rows(c, history, "history_record", p);
    return NULL;
}

/* Show the changes of a plan and its topics.
 * Makes: <history view="plan" plan_id= name=><change/>…
 * Errors: JE401 404 no such plan, or none you may see */
ej_err_t *ej_history_plan(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *history = ej_page_row(c, "history_plan", p);
    ej_page_rows(c, history, "history_record", p);
    return NULL;
}
