/* splits.c: the division of a class into subgroups for a subject (CFG-19).
 *
 * Rooms: sql/queries/splits.sql, xslt/splits.xsl, tests/splits/
 * Rules: class teacher and those who teach in the class propose, administrator
 *        and deputy commit (sql/objects/splits.sql); a pupil who is in a
 *        subgroup is moved by the administrator, between terms
 *        (sql/objects/rule_member.sql)
 * Source: CFG-19, CFG-20
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

static const ej_field_t which[] = {{"class_id", EJ_ID, .is_required = 1},
                                   {"subject_id", EJ_ID, .is_required = 1},
                                   {"done", EJ_FLAG},
                                   {0}};

/* List the splits of the present year that concern the reader, open proposals
 * first. Makes: <splits view="list" year= is_mine=><split/>…<choice/>… */
ej_err_t *ej_splits_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *splits = ej_page_row(c, "splits_year", p);
    ej_page_rows(c, splits, "splits_rows", p);
    ej_page_rows(c, splits, "splits_choices", p);
    return NULL;
}

/* Show the split of ?class_id= for ?subject_id=: who is in which subgroup, and
 * the open proposal; with ?by= an even one by the alphabet, by sex or as in the
 * year before, into ?into= parts, to be corrected and sent. Makes: <splits
 * view="show" class_id= subject_id= parts= from_on= by= …><part/>…<pupil/>…
 *        <decision/>…
 * Errors: JE101, JE102 422 which class and subject; JE401 404 none of the
 *         reader's */
ej_err_t *ej_splits_show(ej_ctx_t *c)
{
    static const ej_field_t even[] = {
        {"by", EJ_CHOICE, .words = "name sex before"},
        {"into", EJ_NUMBER, .min = 2, .max = 4},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, which));
    EJ_TRY(ej_form_read(p, even));
    ej_node_t *splits = ej_page_row(c, "splits_show", p);
    ej_page_rows(c, splits, "splits_parts", p);
    ej_page_rows(c, splits, "splits_pupils", p);
    ej_page_rows(c, splits, "splits_past", p);
    return NULL;
}

/* Propose a split, commit it or decline the proposal.
 * Errors: JE101 … JE106 422 a field is wrong, JE210 409 the proposal was
 *         changed meanwhile, JE207, JE230 … JE232 409 a rule of memberships,
 *         JE301 403 not yours to decide */
ej_err_t *ej_splits_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"action", EJ_CHOICE, .words = "propose commit decline",
         .is_required = 1},
        {"parts", EJ_NUMBER, .min = 2, .max = 4, .is_required = 1},
        {"from_on", EJ_DAY},
        {"note", EJ_LINE, .max = 300},
        {"reason", EJ_LINE, .max = 300},
        {"word", EJ_LINE, .max = 20},
        {"part", EJ_NUMBER, .min = 1, .max = 4, .ids = 1, .rows = 60},
        {0}};
    ej_params_t *p = ej_page_params(c);
    ej_err_t *bad = ej_form_read(p, which);
    EJ_TRY(ej_form_read(p, fields));
    EJ_TRY(bad);
    ej_page_outcomes(c, "splits_save", p);
    return ej_page_see_other(
        c, "/split?class_id={class_id}&subject_id={subject_id}&done=1", p);
}
