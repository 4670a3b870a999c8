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
 *        the homework due today, the pupils absent from the lesson before, and
 *        one <pupil> a row with a <mark> for each work; after a save (?saved=)
 *        a <saved> for each kind of field that it changed
 * Errors: JE401 404 no such lesson, or none you may see */
ej_err_t *ej_lesson_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_form_line(p, "saved", 36, EJ_OPTIONAL);
    EJ_TRY(ej_params_check(p));
    ej_node_t *lesson = ej_page_row(c, "lesson_head", p);
    ej_page_rows(c, lesson, "lesson_codes", p);
    ej_page_rows(c, lesson, "lesson_scale", p);
    ej_page_rows(c, lesson, "lesson_kinds", p);
    ej_page_rows(c, lesson, "lesson_next", p);
    ej_page_rows(c, lesson, "lesson_works", p);
    ej_page_rows(c, lesson, "lesson_homework", p);
    ej_page_rows(c, lesson, "lesson_due", p);
    ej_page_rows(c, lesson, "lesson_absent", p);
    ej_page_rows(c, lesson, "lesson_pupils", p);
    ej_page_rows(c, lesson, "lesson_marks", p);
    ej_page_rows(c, lesson, "lesson_retakes", p);
    ej_page_rows(c, lesson, "lesson_saved", p);
    return NULL;
}

/* Save the form, then show the lesson again.
 * Errors: JE1xx 422 a field is wrong, JE2xx 409 or 422 a rule,
 *         JE210 409 changed meanwhile, JE301 403 not your lesson */
ej_err_t *ej_lesson_save(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_form_edited(p, "topic", 1000, 4000);
    ej_form_flag(p, "attendance_done");
    ej_form_flag(p, "old_attendance_done");
    ej_form_flag(p, "homework_none");
    ej_form_flag(p, "old_homework_none");
    ej_form_id(p, "homework_id", EJ_OPTIONAL);
    ej_form_edited(p, "homework_text", 4000, 8000);
    ej_form_id(p, "due_lesson_id", EJ_OPTIONAL);
    ej_form_id(p, "old_due_lesson_id", EJ_OPTIONAL);
    ej_form_prose(p, "personal_text", 4000, EJ_OPTIONAL);
    ej_form_keyed(p, "personal_for", 1, 1, ROWS);
    ej_form_keyed(p, "personal_gone", 1, 1, ROWS);
    ej_form_id(p, "new_kind_id", EJ_OPTIONAL);
    ej_form_line(p, "new_title", 200, EJ_OPTIONAL);
    ej_form_number(p, "works", 0, 100);
    ej_form_keyed(p, "code", 1, 10, ROWS);
    ej_form_keyed(p, "minutes", 1, 3, ROWS);
    ej_form_keyed(p, "mark", 2, 40, ROWS);
    ej_form_keyed(p, "comment", 3, 1000, ROWS);
    EJ_TRY(ej_params_check(p));
    ej_page_outcomes(c, "lesson_save", p);
    return ej_page_see_other(c, "/lessons/{lesson_id}?saved={operation_id}", p);
}
