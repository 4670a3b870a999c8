/* groups.c: the study groups of a school beside its classes: list, form,
 * members.
 *
 * Rooms: sql/queries/groups.sql, xslt/groups.xsl, tests/groups/
 * Rules: sql/objects/rule_member.sql: the group of a class keeps itself; a
 *        pupil is in a group only while in one of its classes, and changes a
 *        subgroup between two terms, by the administrator
 * Source: CFG-10, CFG-11, CFG-13, CFG-20, CFG-21
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The year of the list. */
static ej_err_t *read_year(ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"year", EJ_NUMBER, .min = 2000, .max = 2099}, {0}};
    return ej_form_read(p, fields);
}

/* List the groups of a year: ?year=, ?find= (group, class, subject, teacher),
 * ?sort=name, kind or size, ?page=. Those who keep them get the form of a new
 * one.
 * Makes: <groups view="list" year= count= page= pages= find= sort= is_mine=
 *        done=><year/>…<choice/>…<group/>… Errors: JE102, JE106 422 */
ej_err_t *ej_groups_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(read_year(p));
    EJ_TRY(ej_page_list(c, "groups_head", "groups_rows", p));
    ej_page_rows(c, ej_page_node(c), "groups_years", p);
    ej_page_rows(c, ej_page_node(c), "groups_choices", p);
    return ej_page_done(c, ej_page_node(c), p);
}

/* List the pupils with an individual curriculum and those taught at home.
 * Makes: <groups view="individual" year=><year/>…<pupil/>… Errors: JE102 422 */
ej_err_t *ej_groups_individual(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(read_year(p));
    ej_node_t *groups = ej_page_row(c, "groups_individual", p);
    ej_page_rows(c, groups, "groups_years", p);
    ej_page_rows(c, groups, "groups_pupils", p);
    return NULL;
}

/* Show one group: its classes, teachers and members; those who keep the groups
 * get its forms. Makes: <groups view="show" study_group_id= name= …>
 *        <choice/>…<class/>…<teaching/>…<member/>…
 * Errors: JE401 404 no such group, or none the reader may see */
ej_err_t *ej_groups_show(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"is_saved", EJ_FLAG}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *groups = ej_page_row(c, "groups_show", p);
    ej_page_rows(c, groups, "groups_choices", p);
    ej_page_rows(c, groups, "groups_classes", p);
    ej_page_rows(c, groups, "groups_teachings", p);
    ej_page_rows(c, groups, "groups_now", p);
    return NULL;
}

/* Add a group (without study_group_id), change it or remove it.
 * Errors: JE101 … JE106 422 a field is wrong, JE210 409 changed meanwhile,
 *         JE211 409 the group is used, JE212 409 the name is taken,
 *         JE234 409 the group of a class keeps itself */
ej_err_t *ej_groups_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"year", EJ_NUMBER, .min = 2000, .max = 2099},
        {"name", EJ_LINE, .max = 100, .old = 500, .is_required = 1},
        {"kind", EJ_CHOICE, .old = 1, .is_required = 1,
         .words = "subgroup stream combined profile elective club individual "
                  "home"},
        {"subject_id", EJ_ID, .old = 1},
        {"week_days", EJ_NUMBER, .min = 1, .max = 6, .old = 1},
        {"basis", EJ_LINE, .max = 200, .old = 500},
        {"is_removed", EJ_FLAG},
        {0}};
    return ej_page_save(c, fields, "groups_save", "/groups");
}

/* Choose the classes that a group takes pupils of; with is_all all their pupils
 * become members. Errors: JE107 422 too many, JE210 409 changed meanwhile,
 * JE211 409 pupils of the class are in the group, JE301 403 not yours */
ej_err_t *ej_groups_draw(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"class_id", EJ_ID, .rows = 120},
                                        {"old_class_id", EJ_LINE, .max = 2500},
                                        {"is_all", EJ_FLAG},
                                        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "groups_draw", p);
    return ej_page_see_other(c, "/groups/{study_group_id}?is_saved=1", p);
}

/* Show the health sheet of a group's pupils: of those whom the reader teaches
 * or leads, or, as a head, of all.
 * Makes: <groups view="health" study_group_id= name=><health/>…
 * Errors: JE401 404 no such group, or no pupil of the reader's in it */
ej_err_t *ej_groups_health(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *groups = ej_page_row(c, "groups_health", p);
    ej_page_rows(c, groups, "groups_healths", p);
    return NULL;
}

/* Show the pupils of the group's classes as rows, with a tick and the days of
 * each membership; ?find= looks for pupils of a group without classes.
 * Makes: <groups view="members" study_group_id= name= day_on= find=><row/>…
 * Errors: JE401 404 no such group, or not yours to change */
ej_err_t *ej_groups_members(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"find", EJ_LINE, .max = 100}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *groups = ej_page_row(c, "groups_members", p);
    ej_page_rows(c, groups, "groups_member_rows", p);
    return NULL;
}

/* Save the members: fields are named by pupil and number of the membership.
 * Errors: JE103 422 no day, JE132 422 the last day is before the first, JE207
 *         409 marks outside, JE210 409 changed meanwhile, JE230 … JE233 a rule,
 *         JE301 403 the administrator moves pupils between subgroups */
ej_err_t *ej_groups_enter(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"day_on", EJ_DAY},
        {"find", EJ_LINE, .max = 100},
        {"from_on", EJ_DAY, .ids = 2, .rows = 1500},
        {"till_on", EJ_DAY, .ids = 2, .rows = 1500},
        {"is_in", EJ_FLAG, .ids = 2, .rows = 1500},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "groups_enter", p);
    return ej_page_see_other(c, "/groups/{study_group_id}?is_saved=1", p);
}
