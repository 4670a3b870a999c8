/* timetable.c: the week of a class, a teacher, a room, the whole school;
 * placing and moving its lessons.
 *
 * Rooms: sql/queries/timetable.sql, xslt/timetable.xsl,
 *        xslt/print/timetable.xsl, tests/timetable/
 * Rules: no teacher, room, group or pupil is in two places
 *        (sql/objects/timetable.sql)
 * Source: SCH-01, SCH-02, SCH-03, SCH-07
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Whose week a page shows, and on which day. */
static ej_err_t *read_whose(ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"class_id", EJ_ID},
        {"staff_id", EJ_ID},
        {"room_id", EJ_ID},
        {"kind", EJ_CHOICE, .words = "class staff room school"},
        {"day_on", EJ_DAY},
        {0}};
    return ej_form_read(p, fields);
}

/* The grid: a row for each hour, a cell for each day, the lessons in it. */
static void queue_week(ej_ctx_t *c, ej_node_t *week, ej_params_t *p)
{
    ej_page_rows(c, week, "timetable_slots", p);
    ej_page_rows(c, week, "timetable_cells", p);
    ej_page_rows(c, week, "timetable_items", p);
}

/* Show a week: ?class_id=, ?staff_id= or ?room_id=, by default the reader's
 * own, or the first of ?kind=; on ?day_on=, by default today. Printed,
 * ?kind=school is the whole school.
 * Makes: <timetable kind= name= day_on= cycle=><other/>…
 *        <slot><cell><item/>…</cell>…</slot>… <change/>…; of the school
 *        <class/>… <hour><c/>…</hour>…
 * Errors: JE401 404 no such record, or none you may see; JE102 JE103 JE106 422
 */
ej_err_t *ej_timetable_show(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"paper", EJ_CHOICE, .words = "a4 a3"},
                                        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(read_whose(p));
    EJ_TRY(ej_form_read(p, fields));
    const char *kind = ej_params_get(p, "kind");
    int is_school = kind && !strcmp(kind, "school");
    ej_params_set(p, "least", ej_page_is_print(c) ? "1" : "6");
    ej_params_set(p, "teaching_id", NULL);
    ej_params_set(p, "timetable_id", NULL);
    ej_page_scope(c, "timetable_scope");
    ej_node_t *week = ej_page_row(c, "timetable_head", p);
    ej_page_set(c, week, "paper", ej_params_get(p, "paper"));
    if (is_school) {
        ej_page_grid(c, week, "timetable_print_rows", "timetable_print_columns",
                     "timetable_print_cells", p);
        return NULL;
    }
    if (!ej_page_is_print(c))
        ej_page_rows(c, week, "timetable_others", p);
    queue_week(c, week, p);
    ej_page_rows(c, week, "timetable_changes", p);
    return NULL;
}

/* The teaching that is to be placed, or the lesson of the week that is to be
 * moved or changed. */
static ej_err_t *read_picked(ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"teaching_id", EJ_ID}, {"timetable_id", EJ_ID}, {0}};
    return ej_form_read(p, fields);
}

/* Show the week with what is to be placed: ?teaching_id= or ?timetable_id= is
 * the one that the form moves into a cell.
 * Makes: <timetable view="edit" …><load/>… <picked/> <place/>… <slot/>…
 * Errors: as ej_timetable_show */
ej_err_t *ej_timetable_edit(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"done", EJ_FLAG}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(read_whose(p));
    EJ_TRY(read_picked(p));
    if (!ej_page_refused(c))
        EJ_TRY(ej_form_read(p, fields));
    ej_params_set(p, "least", "8");
    ej_page_scope(c, "timetable_edit_scope");
    ej_node_t *week = ej_page_row(c, "timetable_head", p);
    const char *done = ej_params_get(p, "done");
    if (done && *done == 't')
        ej_page_set(c, week, "done", "1");
    ej_page_rows(c, week, "timetable_others", p);
    ej_page_rows(c, week, "timetable_load", p);
    if (ej_params_get(p, "teaching_id") || ej_params_get(p, "timetable_id")) {
        ej_page_rows(c, week, "timetable_picked", p);
        ej_page_rows(c, week, "timetable_places", p);
    }
    queue_week(c, week, p);
    return NULL;
}

/* Place a teaching (teaching_id), move or change a lesson of the week
 * (timetable_id), or remove it: from day_on.
 * Errors: JE101 … JE106 422 a field is wrong, JE203 422 day_on is outside the
 *         year, JE206 409 two places at once, JE210 409 changed meanwhile,
 *         JE216 422 the room is closed */
ej_err_t *ej_timetable_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"day_on", EJ_DAY, .is_required = 1},
        {"teaching_id", EJ_ID},
        {"timetable_id", EJ_ID},
        {"at", EJ_LINE, .max = 5, .old = 5, .is_required = 1},
        {"place_id", EJ_ID, .old = 1},
        {"cycle", EJ_NUMBER, .min = 0, .max = 2, .old = 1, .is_required = 1},
        {"is_removed", EJ_FLAG},
        {0}};
    static const ej_field_t whose[] = {
        {"class_id", EJ_ID}, {"staff_id", EJ_ID}, {"room_id", EJ_ID}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    EJ_TRY(ej_form_read(p, whose));
    ej_page_outcomes(c, "timetable_save", p);
    return ej_page_see_other(c,
                             "/timetable/edit?class_id={class_id}&staff_id="
                             "{staff_id}&room_id={room_id}&day_on={day_on}"
                             "&done=1",
                             p);
}

/* Show how many lessons of the term ahead differ from the timetable.
 * Makes: <timetable view="lessons" from_name= till_name= added= moved= gone=
 *        stuck= done=> */
ej_err_t *ej_timetable_lessons(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"done", EJ_FLAG}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *week = ej_page_row(c, "timetable_lessons", p);
    const char *done = ej_params_get(p, "done");
    if (done && *done == 't')
        ej_page_set(c, week, "done", "1");
    return NULL;
}

/* Make the lessons of the term ahead follow the timetable. Done twice it
 * changes nothing more.
 * Errors: JE206 409 a lesson would be at the place of another */
ej_err_t *ej_timetable_make(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_once(c, "timetable_make", p);
    return ej_page_see_other(c, "/timetable/lessons?done=1", p);
}
