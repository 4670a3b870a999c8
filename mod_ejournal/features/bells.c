/* bells.c: the bell plans of a school: usual, shortened, of grade 1 …
 *
 * Rooms: sql/queries/bells.sql, xslt/bells.xsl, tests/bells/
 * Rules: the lessons of a plan follow one another
 *        (sql/objects/rule_calendar.sql); modes.c: which grade uses which plan
 * Source: CFG-13
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the bell plans. Makes: <bells view="list" count= is_mine= done=><plan/>…
 */
ej_err_t *ej_bells_list(ej_ctx_t *c)
{
    return ej_record_list(c);
}

/* Show one plan, with a row for each lesson that it may have.
 * Makes: <bells view="show" bell_plan_id= name= shift= is_mine=><lesson slot=
 * starts= …/>… Errors: JE401 404 no such plan */
ej_err_t *ej_bells_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *bell = ej_page_row(c, "bells_show", p);
    ej_page_rows(c, bell, "bells_lessons", p);
    return NULL;
}

/* Add a plan. Errors: JE101 … JE105 422 a field is wrong, JE212 409 the name is
 * taken */
ej_err_t *ej_bells_add(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"name", EJ_LINE, .max = 100, .old = 500, .is_required = 1},
        {"shift", EJ_NUMBER, .min = 1, .max = 3, .old = 10, .is_required = 1},
        {0}};
    return ej_page_save(c, fields, "bells_add", "/bells");
}

/* Change a plan and its lessons, or remove it. A lesson without times is none.
 * Errors: JE101 … JE105, JE129, JE132 422 a field is wrong, JE271 422 a lesson
 *         begins before the one above has ended, JE210 409 changed meanwhile,
 *         JE211 409 somebody has these bells, JE212 409 the name is taken */
ej_err_t *ej_bells_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"name", EJ_LINE, .max = 100, .old = 500, .is_required = 1},
        {"shift", EJ_NUMBER, .min = 1, .max = 3, .old = 10, .is_required = 1},
        {"is_removed", EJ_FLAG},
        {"starts", EJ_TIME, .rows = 13, .old = 1},
        {"ends", EJ_TIME, .rows = 13, .old = 1},
        {0}};
    return ej_page_save(c, fields, "bells_save", "/bells");
}
