/* personnel.c: the files of the staff: hire and leave, posts with rates,
 * education and category, contacts, absences.
 *
 * Rooms: sql/queries/personnel.sql, xslt/personnel.xsl, tests/personnel/
 * Rules: teachers read only names and posts (/staff); HR and the heads read
 *        the files, HR and the administrator write them
 * Source: CFG-08, MOD-04
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the staff: ?find=, ?state=now, left or all, ?sort=, ?page=. Those who
 * may change them get the form of a new one.
 * Makes: <personnel view="list" count= state= is_mine= done=><staff/>…
 * Errors: JE106 422 no such order or state */
ej_err_t *ej_personnel_list(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"state", EJ_CHOICE, .words = "now left all"}, {0}};
    static const ej_field_t names[] = {{"surname", EJ_LINE, .max = 100},
                                       {"given_name", EJ_LINE, .max = 100},
                                       {"patronymic", EJ_LINE, .max = 100},
                                       {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    EJ_TRY(ej_page_list(c, "personnel_head", "personnel_rows", p));
    if (ej_page_refused(c) && !ej_form_read(p, names))
        ej_page_rows(c, ej_page_node(c), "personnel_known", p);
    return ej_page_done(c, ej_page_node(c), p);
}

/* Show a person's names, post and time in the school, and what would have to be
 * handed over. Makes: <personnel view="show" staff_id= …><duty/>…
 * Errors: JE401 404 no such person, or not for the reader */
ej_err_t *ej_personnel_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *personnel = ej_page_row(c, "personnel_show", p);
    ej_page_rows(c, personnel, "personnel_duties", p);
    return NULL;
}

/* Hire somebody (without staff_id), change names, post or time in the school.
 * Errors: JE101 … JE105 422 a field is wrong, JE132 422 the last day is before
 *         the first, JE210 409 changed meanwhile, JE217 409 people of this name
 *         are known: who is meant?, JE301 403 one's own time */
ej_err_t *ej_personnel_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"surname", EJ_LINE, .max = 100, .old = 500, .is_required = 1},
        {"given_name", EJ_LINE, .max = 100, .old = 500, .is_required = 1},
        {"patronymic", EJ_LINE, .max = 100, .old = 500},
        {"post", EJ_LINE, .max = 100, .old = 500},
        {"rate_hours", EJ_DECIMAL, .min = 0, .max = 60, .digits = 1, .old = 10,
         .is_required = 1},
        {"from_on", EJ_DAY, .old = 1, .is_required = 1},
        {"till_on", EJ_DAY, .old = 1},
        {"person_id", EJ_ID},
        {"is_other", EJ_FLAG},
        {0}};
    return ej_page_save(c, fields, "personnel_save", "/personnel");
}

/* Show the personal card. Makes: <personnel view="card" staff_id= …>
 * Errors: JE401 404 no such person, or not for the reader */
ej_err_t *ej_personnel_card(ej_ctx_t *c)
{
    ej_page_row(c, "personnel_card", ej_page_params(c));
    return NULL;
}

/* Save the personal card. Errors: JE101 … JE106 422 a field is wrong, JE210 409
 * changed meanwhile */
ej_err_t *ej_personnel_card_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"birth_on", EJ_DAY, .old = 1},
        {"phone", EJ_LINE, .max = 100, .old = 500},
        {"email", EJ_LINE, .max = 100, .old = 500},
        {"address", EJ_LINE, .max = 300, .old = 500},
        {"education", EJ_CHOICE, .words = "higher college school", .old = 1},
        {"diploma", EJ_LINE, .max = 300, .old = 500},
        {"category", EJ_CHOICE, .words = "adequate first highest", .old = 1},
        {"category_till_on", EJ_DAY, .old = 1},
        {"hire_order_no", EJ_LINE, .max = 40, .old = 500},
        {"hire_order_on", EJ_DAY, .old = 1},
        {"leave_order_no", EJ_LINE, .max = 40, .old = 500},
        {"leave_order_on", EJ_DAY, .old = 1},
        {"leave_reason", EJ_LINE, .max = 200, .old = 500},
        {"note", EJ_LINE, .max = 300, .old = 500},
        {0}};
    return ej_page_save(c, fields, "personnel_card_save", "/personnel");
}

/* List the posts of a person. Makes: <personnel view="posts"><post/>…
 * Errors: JE401 404 no such person, or not for the reader */
ej_err_t *ej_personnel_posts(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *personnel = ej_page_row(c, "personnel_of", p);
    ej_page_rows(c, personnel, "personnel_posts", p);
    return ej_page_done(c, personnel, p);
}

/* Show the form of one post. Makes: <personnel view="post" staff_post_id= …>
 * Errors: JE401 404 no such post, or not yours to change */
ej_err_t *ej_personnel_post(ej_ctx_t *c)
{
    ej_page_row(c, "personnel_post", ej_page_params(c));
    return NULL;
}

/* Add a post (without staff_post_id), change or remove it.
 * Errors: JE101 … JE105 422 a field is wrong, JE210 409 changed meanwhile */
ej_err_t *ej_personnel_post_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"name", EJ_LINE, .max = 100, .old = 500, .is_required = 1},
        {"rate", EJ_DECIMAL, .min = 0, .max = 3, .digits = 2, .old = 10,
         .is_required = 1},
        {"from_on", EJ_DAY, .old = 1, .is_required = 1},
        {"till_on", EJ_DAY, .old = 1},
        {"order_no", EJ_LINE, .max = 40, .old = 500, .is_required = 1},
        {"order_on", EJ_DAY, .old = 1, .is_required = 1},
        {"reason", EJ_LINE, .max = 200, .old = 500},
        {"is_removed", EJ_FLAG},
        {0}};
    return ej_page_save(c, fields, "personnel_post_save",
                        "/personnel/{staff_id}/posts");
}

/* List the absences of a person. Makes: <personnel view="absences"><absence/>…
 * Errors: JE401 404 no such person, or not for the reader */
ej_err_t *ej_personnel_absences(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *personnel = ej_page_row(c, "personnel_of", p);
    ej_page_rows(c, personnel, "personnel_absences", p);
    return ej_page_done(c, personnel, p);
}

/* Show the form of one absence.
 * Makes: <personnel view="absence" staff_absence_id= …>
 * Errors: JE401 404 no such absence, or not yours to change */
ej_err_t *ej_personnel_absence(ej_ctx_t *c)
{
    ej_page_row(c, "personnel_absence", ej_page_params(c));
    return NULL;
}

/* Add an absence (without staff_absence_id), change or remove it.
 * Errors: JE101 … JE106 422 a field is wrong, JE132 422 the last day is before
 *         the first, JE210 409 changed meanwhile, JE212 409 away already */
ej_err_t *ej_personnel_absence_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"kind", EJ_CHOICE, .old = 1, .is_required = 1,
         .words = "vacation sick trip study unpaid child other"},
        {"from_on", EJ_DAY, .old = 1, .is_required = 1},
        {"till_on", EJ_DAY, .old = 1},
        {"document", EJ_LINE, .max = 200, .old = 500},
        {"note", EJ_LINE, .max = 200, .old = 500},
        {"reason", EJ_LINE, .max = 200, .old = 500},
        {"is_removed", EJ_FLAG},
        {0}};
    return ej_page_save(c, fields, "personnel_absence_save",
                        "/personnel/{staff_id}/absences");
}

/* List who is away: ?from_on=, by default today, ?till_on=, by default 30 days
 * later. Makes: <personnel view="away" from_on= till_on=><absence/>…
 * Errors: JE103 422 no day */
ej_err_t *ej_personnel_away(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"from_on", EJ_DAY}, {"till_on", EJ_DAY}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *personnel = ej_page_row(c, "personnel_away_head", p);
    ej_page_rows(c, personnel, "personnel_away", p);
    return NULL;
}
