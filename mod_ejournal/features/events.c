/* events.c: events of classes or of the whole school: list, month, one event
 * with those who take part and their results, the year in numbers.
 *
 * Rooms: sql/queries/events.sql, sql/objects/events.sql, xslt/events*.xsl,
 *        xslt/print/events*.xsl, tests/events/
 * Rules: the heads enter all, the class teacher those of the class, a teacher
 *        new ones of classes taught; whoever is responsible leads the event;
 *        a class teacher enters the own pupils into any
 *        (sql/objects/rights_events.sql); the diary has them (diary.c)
 * Source: MOD-03, DIA-03
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

enum { CLASSES = 120, PUPILS = 60, PARTICIPANTS = 300 };

/* List the events: ?find=, ?page=. Makes: <events view="list" find= page=
 * pages= count= is_mine= done=><event/>…<choice/>… */
ej_err_t *ej_events_list(ej_ctx_t *c)
{
    return ej_record_list(c);
}

/* Show a month as weeks (?month_on=, by default this month); in print the plan
 * of the month. Makes: <events view="month" month_on= …><day><event/>…</day>…
 * Errors: JE103 422 no day */
ej_err_t *ej_events_month(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"month_on", EJ_DAY}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_scope(c, "events_month_scope");
    ej_node_t *events = ej_page_row(c, "events_month", p);
    ej_page_rows(c, events, "events_days", p);
    ej_page_rows(c, events, "events_of_days", p);
    if (ej_page_is_print(c))
        ej_page_rows(c, events, "events_print_signers", p);
    return NULL;
}

/* Show the events of a school year (?year=) in numbers, by level.
 * Makes: <events view="counts" year=><year/>…<level/>… Errors: JE102 422 */
ej_err_t *ej_events_counts(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"year", EJ_NUMBER, .min = 2000, .max = 2099}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *events = ej_page_row(c, "events_counts_head", p);
    ej_page_rows(c, events, "events_counts_years", p);
    ej_page_rows(c, events, "events_counts_rows", p);
    return NULL;
}

/* Show an event with those who take part; families read the own children and
 * the winners whose families agreed to publication. In print, ?form=order is
 * the annex to an order, ?form=results the results.
 * Makes: <events view="show" event_id= … done=><participant/>…<winner/>…
 * Errors: JE106 422 no such form, JE401 404 no such event, or none
 * of the reader's */
ej_err_t *ej_events_show(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"form", EJ_CHOICE, .words = "order results"}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *events = ej_page_row(c, "events_show", p);
    ej_page_rows(c, events, "events_participants", p);
    if (ej_page_is_print(c)) {
        const char *form = ej_params_get(p, "form");
        ej_page_form(c, form ? form : "results");
        ej_page_rows(c, events, "events_print_signers", p);
        return NULL;
    }
    ej_page_rows(c, events, "events_winners", p);
    return ej_page_done(c, events, p);
}

/* Show the form of an event. Makes: <events view="edit" event_id= …><choice/>…
 * Errors: JE401 404 no such event, or not the reader's to change */
ej_err_t *ej_events_edit(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *events = ej_page_row(c, "events_edit", p);
    ej_page_rows(c, events, "events_choices", p);
    return NULL;
}

/* Add an event, change it or remove it. Without class_id it is of the whole
 * school, without till_on of one day, without staff_id the user is
 * responsible. Errors: JE101 … JE106, JE129, JE132 422 a field is wrong, JE107
 * 422 too many classes, JE210 409 changed meanwhile, JE211 409 it has
 * participants, JE256 409 held before it begins, JE258 409 it has results,
 * JE301 403 not yours */
ej_err_t *ej_events_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"title", EJ_LINE, .max = 200, .old = 500, .is_required = 1},
        {"kind", EJ_CHOICE, .old = 1,
         .words = "olympiad contest conference sport celebration excursion "
                  "action meeting other"},
        {"level", EJ_CHOICE, .old = 1,
         .words = "class school municipal regional national international"},
        {"class_id", EJ_ID, .rows = CLASSES, .is_set = 1},
        {"old_class_id", EJ_LINE, .max = 2500},
        {"from_on", EJ_DAY, .old = 1, .is_required = 1},
        {"till_on", EJ_DAY, .old = 1},
        {"starts", EJ_TIME, .old = 1},
        {"ends", EJ_TIME, .old = 1},
        {"place", EJ_LINE, .max = 200, .old = 500},
        {"staff_id", EJ_ID, .old = 1},
        {"order_no", EJ_LINE, .max = 40, .old = 500},
        {"order_on", EJ_DAY, .old = 1},
        {"state", EJ_CHOICE, .old = 1, .words = "planned held cancelled"},
        {"note", EJ_PROSE, .max = 1000, .old = 2000},
        {"is_removed", EJ_FLAG},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "events_save", p);
    return ej_page_saved(c, "/events", p);
}

/* Save the results of all who take part, and take out those in gone_id.
 * Errors: JE102 … JE107 422 a field is wrong, JE210 409 changed meanwhile,
 * JE256 409 the event has not begun, JE257 409 it was cancelled, JE301 403 not
 * yours */
ej_err_t *ej_events_results(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"participant_id", EJ_ID, .rows = PARTICIPANTS},
        {"role", EJ_LINE, .max = 100, .rows = PARTICIPANTS, .old = 500},
        {"place_no", EJ_NUMBER, .min = 1, .max = 999, .rows = PARTICIPANTS,
         .old = 10},
        {"result", EJ_CHOICE, .words = "winner prize participant",
         .rows = PARTICIPANTS, .old = 20},
        {"document", EJ_LINE, .max = 200, .rows = PARTICIPANTS, .old = 500},
        {"mentor", EJ_LINE, .max = 100, .rows = PARTICIPANTS, .old = 500},
        {"gone_id", EJ_ID, .rows = PARTICIPANTS, .is_set = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "events_results", p);
    return ej_page_see_other(c, "/events/{event_id}?done=changed", p);
}

/* Show the pupils of a class (?class_id=) who may be entered into an event.
 * Makes: <events view="choose" event_id= …><class/>…<pupil/>…
 * Errors: JE102 422, JE401 404 no such event, or none of the reader's */
ej_err_t *ej_events_choose(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"class_id", EJ_ID}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *events = ej_page_row(c, "events_show", p);
    ej_page_rows(c, events, "events_classes", p);
    ej_page_rows(c, events, "events_pupils", p);
    return NULL;
}

/* Enter pupils into an event; with is_all all of the class whom the user may
 * enter. Errors: JE101 422 nobody is chosen, JE102, JE104,
 * JE105 422 a field is wrong, JE107 422 too many, JE240 422 one does not learn
 * here on its days, JE301 403 not yours to enter */
ej_err_t *ej_events_enter(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"class_id", EJ_ID},
        {"pupil_id", EJ_ID, .rows = PUPILS, .is_set = 1},
        {"role", EJ_LINE, .max = 100},
        {"is_all", EJ_FLAG},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "events_enter", p);
    return ej_page_see_other(c, "/events/{event_id}?done=added", p);
}
