/* today.c: the start page: the day's lessons and tasks, each one tap away.
 *
 * Rooms: sql/queries/today.sql, xslt/today.xsl, tests/today/
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show a person without a role (or with an ended one) a notice and whom to ask.
 * Makes: <today view="none" login=> */
static ej_err_t *none(ej_ctx_t *c, ej_params_t *p)
{
    ej_page_view(c, "none");
    ej_page_row(c, "today_none", p);
    return NULL;
}

/* Queue what is to be done, which the page of another day has not. */
static void tell_of_today(ej_ctx_t *c, ej_node_t *today, ej_params_t *p)
{
    unsigned roles = ej_page_roles(c);
    if (roles & EJ_HEAD) {
        ej_page_rows(c, today, "today_summary", p);
        ej_page_rows(c, today, "today_given", p);
    }
    if (roles & EJ_ADMINISTRATOR)
        ej_page_rows(c, today, "today_readiness", p);
    if (roles & EJ_TEACHING) {
        ej_page_rows(c, today, "today_finals", p);
        ej_page_rows(c, today, "today_handins", p);
    }
    if (roles & (EJ_HEAD | EJ_CLASS_TEACHER | EJ_HR))
        ej_page_rows(c, today, "today_tasks", p);
    if (roles & (EJ_DEPUTY | EJ_CLASS_TEACHER)) {
        ej_page_rows(c, today, "today_attendance", p);
        ej_page_rows(c, today, "today_debts", p);
    }
    if (roles & EJ_CLASS_TEACHER)
        ej_page_rows(c, today, "today_papers", p);
    if (roles & (EJ_CLASS_TEACHER | EJ_TEACHER))
        ej_page_rows(c, today, "today_handover", p);
    if (roles & (EJ_HEAD | EJ_ARCHIVIST))
        ej_page_rows(c, today, "today_archive", p);
    if (roles & EJ_HEAD)
        ej_page_rows(c, today, "today_incidents", p);
    if (roles & (EJ_DIRECTOR | EJ_DEPUTY | EJ_TEACHING))
        ej_page_rows(c, today, "today_corrections", p);
    if (roles & EJ_JOURNAL)
        ej_page_rows(c, today, "today_findings", p);
    if (roles & EJ_ADMINISTRATOR) {
        ej_page_rows(c, today, "today_jobs", p);
        ej_page_rows(c, today, "today_letters", p);
    }
}

/* Show the lessons of a day (teachers), the class on that day (class
 * teachers), the count of unfilled lessons (heads) and the state of the set-up
 * (administrator); a family goes to its diary, staff of several schools who
 * have not chosen one to the choice. The day is held_on, by default
 * today; only today shows what is unfilled and the set-up.
 * Makes: <today date_on= name= is_today= previous_on= next_on=><lesson/>…
 *        <unfilled/>… <class/>… <absent/>… <telling/>… <summary/>… <given/>…
 *        <readiness/>
 * Errors: JE103 422 held_on is no day */
ej_err_t *ej_today_show(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"held_on", EJ_DAY}, {0}};
    ej_params_t *p = ej_page_params(c);
    unsigned roles = ej_page_roles(c);

    if (roles & EJ_SEVERAL && !(roles & EJ_STAFF))
        return ej_page_see_other(c, "/school", p);
    if (!(roles & EJ_ROLES))
        return none(c, p);
    if (!(roles & EJ_STAFF) && roles & EJ_FAMILY)
        return ej_page_see_other(c, "/diary", p);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_view(c, roles & EJ_TEACHING        ? "teacher"
                    : roles & EJ_CLASS_TEACHER ? "class"
                    : roles & EJ_HEAD          ? "head"
                                               : "staff");
    /* what heads and the archivist see is not of their teachings: no 304 */
    if (!(roles & (EJ_HEAD | EJ_ARCHIVIST)))
        ej_page_revision(c, "today_revision", p);
    ej_page_scope(c, "today_scope");
    int is_today = !ej_params_get(p, "held_on");
    ej_node_t *today = ej_page_row(c, "today_head", p);
    if (is_today)
        ej_page_rows(c, today, "today_factor", p);
    if (roles & EJ_TEACHING) {
        ej_page_rows(c, today, "today_lessons", p);
        if (is_today) {
            ej_page_rows(c, today, "today_unfilled", p);
            ej_page_rows(c, today, "today_contradictions", p);
        }
    }
    if (roles & EJ_CLASS_TEACHER) {
        ej_page_rows(c, today, "today_classes", p);
        ej_page_rows(c, today, "today_absent", p);
        if (is_today)
            ej_page_rows(c, today, "today_telling", p);
    }
    if (is_today)
        tell_of_today(c, today, p);
    return NULL;
}

/* Confirm a teaching, class, role or substitution that a colleague has given to
 * himself (sql/objects/rule_given.sql).
 * Errors: JE401 404 nothing of the kind, JE301 403 it is one's own */
ej_err_t *ej_today_confirm(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"kind", EJ_LINE, .max = 20, .is_required = 1},
        {"row_id", EJ_ID, .is_required = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_exec(c, "today_confirm", p);
    return ej_page_see_other(c, "/", p);
}

/* Show the lessons of a class in the last 30 days in which something is
 * missing, 50 a page. Makes: <today class_id= class_name= count= page=
 * pages=><unfilled/>… Errors: JE401 404 no such class, or none you answer for
 */
ej_err_t *ej_today_unfilled(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"class_id", EJ_ID, .is_required = 1},
        {"page", EJ_NUMBER, .min = 1, .max = 1000},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *today = ej_page_row(c, "today_class_head", p);
    ej_page_rows(c, today, "today_class_unfilled", p);
    return NULL;
}
