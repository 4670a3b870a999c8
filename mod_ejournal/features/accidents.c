/* accidents.c: accidents of pupils: the report in writing, its receipt by a
 * head, the register.
 *
 * Rooms: sql/queries/accidents.sql, sql/objects/accidents.sql,
 *        xslt/accidents.xsl, xslt/print/accidents.xsl, tests/accidents/
 * Rules: a report is never changed; parents and heads are told of it at once,
 *        every head if none receives it within 15 minutes
 *        (sql/objects/accidents.sql)
 * Source: MSG-06; order of the Ministry of Education of 27.06.2017 No. 602,
 *         annex 6 (the register)
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The columns of the register that the heads complete. */
static const ej_field_t completed[] = {
    {"told_orally_to", EJ_LINE, .max = 100, .old = 300},
    {"told_orally_on", EJ_DAY, .old = 1},
    {"told_orally_time", EJ_TIME, .old = 1},
    {"parents_told_on", EJ_DAY, .old = 1},
    {"parents_told_time", EJ_TIME, .old = 1},
    {"manner", EJ_LINE, .max = 200, .old = 500},
    {"act_no", EJ_LINE, .max = 40, .old = 100},
    {"act_on", EJ_DAY, .old = 1},
    {"sick_days", EJ_NUMBER, .min = 0, .max = 1000, .old = 1},
    {"diagnosis", EJ_LINE, .max = 200, .old = 500},
    {"consequence", EJ_CHOICE,
     .words = "recovered disabled_1 disabled_2 disabled_3 disabled_child died",
     .old = 20},
    {"measures", EJ_PROSE, .max = 1000, .old = 2000},
    {0}};

/* List the accidents that the reader may see, the last first: ?find= a name;
 * ?whom= finds the pupils of whom to report one. Printed, the register.
 * Makes: <accidents view="list" count= …><candidate/>… <accident/>…; printed,
 * school_name= <accident/>…
 * Errors: JE104 422 */
ej_err_t *ej_accidents_list(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"whom", EJ_LINE, .max = 100}, {0}};
    ej_params_t *p = ej_page_params(c);
    if (ej_page_is_print(c)) {
        ej_node_t *accidents = ej_page_row(c, "accidents_print_head", p);
        ej_page_rows(c, accidents, "accidents_print_rows", p);
        return NULL;
    }
    EJ_TRY(ej_form_read(p, fields));
    EJ_TRY(ej_page_list(c, "accidents_head", "accidents_rows", p));
    if (*ej_params_get(p, "whom"))
        ej_page_rows(c, ej_page_node(c), "accidents_candidates", p);
    return ej_page_done(c, ej_page_node(c), p);
}

/* Show the form that reports an accident of a pupil.
 * Makes: <accidents view="new" pupil_id= name= class_name= today_on=>
 * Errors: JE401 404 no such pupil, or a name that you may not read */
ej_err_t *ej_accidents_new(ej_ctx_t *c)
{
    ej_page_row(c, "accidents_new", ej_page_params(c));
    return NULL;
}

/* Report an accident. Errors: JE101 … JE105, JE129 422 a field is wrong, JE263
 * 422 an hour that cannot be, JE401 404 no such pupil */
ej_err_t *ej_accidents_add(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"happened_on", EJ_DAY, .is_required = 1},
        {"happened_time", EJ_TIME, .is_required = 1},
        {"place", EJ_LINE, .max = 200, .is_required = 1},
        {"what", EJ_PROSE, .max = 2000, .is_required = 1},
        {"first_aid", EJ_PROSE, .max = 1000, .is_required = 1},
        {"told_orally_to", EJ_LINE, .max = 100},
        {"told_orally_time", EJ_TIME},
        {"parents_told_time", EJ_TIME},
        {0}};
    return ej_page_save(c, fields, "accidents_add", "/accidents");
}

/* Show one accident; printed, its report.
 * Makes: <accidents view="show" accident_id= …> Errors: JE401 404 */
ej_err_t *ej_accidents_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_row(c, "accidents_show", p);
    return ej_page_done(c, ej_page_node(c), p);
}

/* Complete the register. Errors: JE101 … JE106, JE129 422 a field is wrong,
 * JE263 422 an hour that cannot be, JE210 409 changed meanwhile */
ej_err_t *ej_accidents_save(ej_ctx_t *c)
{
    return ej_page_save(c, completed, "accidents_save", "/accidents");
}

/* Receive a report. Errors: JE401 404 no such accident, or not yours */
ej_err_t *ej_accidents_receive(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_once(c, "accidents_receive", p);
    return ej_page_see_other(c, "/accidents/{accident_id}?done=changed", p);
}
