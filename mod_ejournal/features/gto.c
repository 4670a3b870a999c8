/* gto.c: the physical training complex GTO: norms, admission, results, signs.
 *
 * Rooms: sql/queries/gto.sql, sql/objects/gto*.sql, xslt/gto.xsl, tests/gto/
 * Rules: a result needs a physician's admission on its day; level and sign are
 *        computed from the norms of that day and never kept
 *        (sql/objects/gto_levels.sql)
 * Source: MOD-01; order of the Ministry of Sport no. 117 of 22.02.2023
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

#define CELLS 2000
#define PUPILS 60

/* Queue who signs the printed form, where one is asked for. */
static void add_signers(ej_ctx_t *c, ej_node_t *gto, ej_params_t *p)
{
    if (ej_page_is_print(c))
        ej_page_rows(c, gto, "gto_print_signers", p);
}

/* List the classes that the reader sees with their signs, and the children of a
 * family.
 * Makes: <gto view="list" is_pe= is_lead=><class/>…<child/>… */
ej_err_t *ej_gto_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *gto = ej_page_row(c, "gto_head", p);
    ej_page_rows(c, gto, "gto_classes", p);
    ej_page_rows(c, gto, "gto_children", p);
    return NULL;
}

/* Show the signs of the school by classes; printed as its report.
 * Makes: <gto view="school" school_name= year=><class/>… */
ej_err_t *ej_gto_school(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *gto = ej_page_row(c, "gto_school_head", p);
    ej_page_rows(c, gto, "gto_school", p);
    add_signers(c, gto, p);
    return NULL;
}

/* Show the norms of a step of an edition, by default the first of today's.
 * Makes: <gto view="norms" name= since= step_no=><edition/>…<step/>…<norm/>…
 * Errors: JE102 422 no such step, JE401 404 no such edition */
ej_err_t *ej_gto_norms(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"gto_edition_id", EJ_ID}, {"step_no", EJ_NUMBER, .min = 1, .max = 18},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *gto = ej_page_row(c, "gto_norms_head", p);
    ej_page_rows(c, gto, "gto_norms_editions", p);
    ej_page_rows(c, gto, "gto_norms_steps", p);
    ej_page_rows(c, gto, "gto_norms", p);
    return NULL;
}

/* Show a class: the best results of its pupils in their present steps, or, with
 * ?done_on=, go to the results of a day. Printed as the summary.
 * Makes: <gto view="class" class_id= can_write=><day/>…<pupil/>…<test/>…
 * Errors: JE103 422 no day, JE401 404 no such class, or not yours */
ej_err_t *ej_gto_class(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"done_on", EJ_DAY}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    if (ej_params_get(p, "done_on"))
        return ej_page_see_other(c, "/gto/classes/{class_id}/days/{done_on}",
                                 p);
    ej_node_t *gto = ej_page_row(c, "gto_class", p);
    ej_page_rows(c, gto, "gto_days", p);
    ej_page_grid(c, gto, "gto_pupils", "gto_tests", "gto_bests", p);
    add_signers(c, gto, p);
    return NULL;
}

/* Show the groups of health of a class, to those who enter them with a form.
 * Makes: <gto view="health" class_id= can_admit=><pupil/>…
 * Errors: JE401 404 no such class, or not yours */
ej_err_t *ej_gto_health(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *gto = ej_page_row(c, "gto_class", p);
    ej_page_rows(c, gto, "gto_health", p);
    return ej_page_done(c, gto, p);
}

/* Enter the group of health and the admission of pupils for the same days.
 * Errors: JE101 … JE106, JE132 422 a field is wrong, JE212 409 a later entry is
 *         there, JE301 403 not your pupils */
ej_err_t *ej_gto_admit(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"pupil_id", EJ_ID, .rows = PUPILS, .is_set = 1},
        {"kind", EJ_CHOICE, .words = "main light special_a special_b exempt",
         .is_required = 1},
        {"is_gto_allowed", EJ_CHOICE, .words = "yes no", .is_required = 1},
        {"document", EJ_LINE, .max = 200, .is_required = 1},
        {"from_on", EJ_DAY, .is_required = 1},
        {"till_on", EJ_DAY, .is_required = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "gto_admit", p);
    return ej_page_see_other(c, "/gto/classes/{class_id}/health?done=added", p);
}

/* Show the results of a class on a day as a grid, or with ?gto_test_id= those of
 * one test as a form that needs no script. Printed as the protocol.
 * Makes: <gto view="protocol" class_id= done_on= can_write=><column/>…
 *        <pupil><c/>…</pupil>…
 * Errors: JE102 422, JE401 404 no such class, or not yours */
ej_err_t *ej_gto_protocol(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"gto_test_id", EJ_ID}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *gto = ej_page_row(c, "gto_day", p);
    ej_page_grid(c, gto, "gto_day_pupils", "gto_day_tests", "gto_day_cells", p);
    add_signers(c, gto, p);
    return NULL;
}

/* Give the results of the day the number of their protocol.
 * Errors: JE104 422, JE210 409 changed meanwhile, JE401 404 no results */
static ej_err_t *save_protocol_no(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"protocol_no", EJ_LINE, .max = 30, .old = 30}, {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "gto_protocol", p);
    return ej_page_see_other(c, "/gto/classes/{class_id}/days/{done_on}", p);
}

/* Save any number of results of a day, or the number of the protocol.
 * Errors: JE210 409 changed meanwhile, JE240, JE245 422 not admitted, JE246 422
 *         no result of the test, JE247 422 a day to come, JE401 404 */
ej_err_t *ej_gto_save(ej_ctx_t *c)
{
    static const ej_field_t what[] = {
        {"is_protocol", EJ_FLAG}, {"gto_test_id", EJ_ID}, {0}};
    static const ej_field_t fields[] = {
        {"column_id", EJ_ID, .is_required = 1, .rows = CELLS},
        {"pupil_id", EJ_ID, .is_required = 1, .rows = CELLS},
        {"old", EJ_LINE, .max = 40, .rows = CELLS},
        {"value", EJ_LINE, .max = 40, .rows = CELLS},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, what));
    if (*ej_params_get(p, "is_protocol") == 't')
        return save_protocol_no(c, p);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "gto_save", p);
    return ej_page_see_other(c, "/gto/classes/{class_id}/days/{done_on}", p);
}

/* Show a pupil's steps, best results, what is missing to the next level, and the
 * course over the years. Printed as the pupil's card.
 * Makes: <gto view="pupil" pupil_id= name= …><step><test/>…</step>…<year/>…
 *        <award/>…
 * Errors: JE401 404 no such pupil, or not yours */
ej_err_t *ej_gto_pupil(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *gto = ej_page_row(c, "gto_pupil", p);
    ej_page_rows(c, gto, "gto_pupil_steps", p);
    ej_page_rows(c, gto, "gto_pupil_tests", p);
    ej_page_rows(c, gto, "gto_pupil_years", p);
    ej_page_rows(c, gto, "gto_awards", p);
    add_signers(c, gto, p);
    return ej_page_done(c, gto, p);
}

/* Enter a sign that the ministry gave by its order.
 * Errors: JE101 … JE106 422 a field is wrong, JE212 409 it is entered already,
 *         JE301 403 not your pupil */
ej_err_t *ej_gto_award(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"step_no", EJ_NUMBER, .min = 1, .max = 18, .is_required = 1},
        {"sign", EJ_CHOICE, .words = "bronze silver gold", .is_required = 1},
        {"order_no", EJ_LINE, .max = 60, .is_required = 1},
        {"order_on", EJ_DAY, .is_required = 1},
        {0}};
    return ej_page_save(c, fields, "gto_award", "/pupils/{pupil_id}/gto");
}
