/* lesson.c: one lesson on one screen: absences, topic, homework, marks.
 *
 * Rooms: sql/queries/lesson.sql, xslt/lesson.xsl, tests/lesson/
 * Rules: only what was changed in the form is written, and only where nobody
 *        else changed it since (sql/objects/lesson.sql); grade 1 has neither
 *        marks nor homework (JRN-08)
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

#define ROWS 2000

/* Show one lesson.
 * Makes: <lesson …> with codes, scale, kinds, next lessons, works, homework,
 *        how much is set for its day, the homework due today, the pupils
 *        absent from the lesson before, what its calendar-thematic plan offers,
 *        one <pupil> a row with a <mark> for each work; after a save (?saved=)
 *        a <saved> for each kind of field that it changed
 * Errors: JE401 404 no such lesson, or none you may see */
ej_err_t *ej_lesson_show(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"saved", EJ_LINE, .max = 36}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *lesson = ej_page_row(c, "lesson_head", p);
    ej_page_rows(c, lesson, "lesson_codes", p);
    ej_page_rows(c, lesson, "lesson_scale", p);
    ej_page_rows(c, lesson, "lesson_kinds", p);
    ej_page_rows(c, lesson, "lesson_next", p);
    ej_page_rows(c, lesson, "lesson_works", p);
    ej_page_rows(c, lesson, "lesson_homework", p);
    ej_page_rows(c, lesson, "lesson_load", p);
    ej_page_rows(c, lesson, "lesson_plan", p);
    ej_page_rows(c, lesson, "lesson_due", p);
    ej_page_rows(c, lesson, "lesson_absent", p);
    ej_page_rows(c, lesson, "lesson_known", p);
    ej_page_rows(c, lesson, "lesson_pupils", p);
    ej_page_rows(c, lesson, "lesson_marks", p);
    ej_page_rows(c, lesson, "lesson_retakes", p);
    const char *saved = ej_params_get(p, "saved");
    if (saved && *saved)
        ej_page_rows(c, lesson, "lesson_saved", p);
    return NULL;
}

/* Save the form, then show the lesson again.
 * Errors: JE1xx 422 a field is wrong, JE2xx 409 or 422 a rule,
 *         JE210 409 changed meanwhile, JE301 403 not your lesson */
ej_err_t *ej_lesson_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"topic", EJ_PROSE, .max = 1000, .old = 4000},
        {"plan_next", EJ_ID},
        {"plan_row", EJ_PROSE, .max = 1, .ids = 1, .rows = ROWS},
        {"plan_not_given", EJ_PROSE, .max = 1, .ids = 1, .rows = ROWS},
        {"plan_goes_on", EJ_FLAG},
        {"plan_works", EJ_FLAG},
        {"plan_work", EJ_ID},
        {"attendance_done", EJ_FLAG, .old = 1},
        {"homework_none", EJ_FLAG, .old = 1},
        {"homework_id", EJ_ID},
        {"homework_text", EJ_PROSE, .max = 4000, .old = 8000},
        {"due_lesson_id", EJ_ID, .old = 1},
        {"personal_text", EJ_PROSE, .max = 4000},
        {"personal_for", EJ_PROSE, .max = 1, .ids = 1, .rows = ROWS},
        {"personal_gone", EJ_PROSE, .max = 1, .ids = 1, .rows = ROWS},
        {"new_kind_id", EJ_ID},
        {"new_title", EJ_LINE, .max = 200},
        {"works", EJ_NUMBER, .min = 0, .max = 100},
        {"code", EJ_PROSE, .max = 10, .ids = 1, .rows = ROWS},
        {"minutes", EJ_PROSE, .max = 3, .ids = 1, .rows = ROWS},
        {"mark", EJ_PROSE, .max = 40, .ids = 2, .rows = ROWS},
        {"comment", EJ_PROSE, .max = 1000, .ids = 3, .rows = ROWS},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "lesson_save", p);
    return ej_page_see_other(c, "/lessons/{lesson_id}?saved={operation_id}", p);
}
