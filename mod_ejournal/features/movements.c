/* movements.c: pupils enter a class, change it, leave and return; the book of
 * these movements.
 *
 * Rooms: sql/queries/movements.sql, xslt/movements.xsl,
 *        xslt/print/movements.xsl, tests/movements/
 * Rules: a movement changes enrolments and groups from its day on, never in a
 *        closed journal; a mistaken one is undone, the last first
 *        (sql/objects/movements.sql)
 * Source: CNT-02, CNT-09
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* What the two steps of entering a movement choose first. */
static const ej_field_t first[] = {
    {"kind", EJ_CHOICE, .words = "enrol transfer leave return"},
    {"class_id", EJ_ID},
    {"moved_on", EJ_DAY},
    {0}};

/* The book of a school year, on paper; its numbers are those of the report of
 * movements. */
static ej_err_t *print(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"year", EJ_NUMBER, .min = 2000, .max = 2099}, {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_page_scope(c, "movements_print_scope");
    ej_node_t *movements = ej_page_row(c, "movements_print_head", p);
    ej_page_rows(c, movements, "movements_print_rows", p);
    ej_page_rows(c, movements, "movements_print_promotions", p);
    ej_page_rows(c, movements, "reports_tables", p);
    ej_page_rows(c, movements, "reports_columns", p);
    ej_page_rows(c, movements, "reports_lines", p);
    ej_page_rows(c, movements, "reports_cells", p);
    return NULL;
}

/* List the movements: ?find= a pupil, ?kind=, ?class_id=, ?from_on=, ?till_on=,
 * ?sort=date or name, ?page=. Printed, it is the book of ?year= (by default the
 * present one), with the numbers of each class.
 * Makes: <movements view="list" count= arrived= departed= …><movement/>…
 *        <choice/>…; printed, year= school_name= …
 *        <promotion/>… <table/>…
 * Errors: JE102, JE103, JE106 422 no such filter, JE401 404 no such year */
ej_err_t *ej_movements_list(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"kind", EJ_CHOICE, .words = "enrol transfer leave return"},
        {"class_id", EJ_ID},
        {"from_on", EJ_DAY},
        {"till_on", EJ_DAY},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    if (ej_page_is_print(c))
        return print(c, p);
    EJ_TRY(ej_page_list(c, "movements_head", "movements_rows", p));
    ej_page_rows(c, ej_page_node(c), "movements_classes", p);
    return ej_page_done(c, ej_page_node(c), p);
}

/* Queue what both forms of a movement need. */
static void choices(ej_ctx_t *c, ej_node_t *movements, ej_params_t *p)
{
    ej_page_rows(c, movements, "movements_classes", p);
    ej_page_rows(c, movements, "movements_groups", p);
    ej_page_rows(c, movements, "movements_reasons", p);
}

/* Show the movements of one pupil and the form of the next: first the kind, the
 * class and the day, then its effect on the groups, the order and the reason.
 * Makes: <movements view="pupil" pupil_id= name= is_ready=><movement/>…
 *        <enrolment/>… <ended/>… <choice/>… <group/>… <reason/>…
 * Errors: JE401 404 no such pupil, or none the reader answers for */
ej_err_t *ej_movements_pupil(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, first));
    ej_node_t *movements = ej_page_row(c, "movements_pupil_head", p);
    ej_page_rows(c, movements, "movements_pupil", p);
    ej_page_rows(c, movements, "movements_years", p);
    ej_page_rows(c, movements, "movements_ended", p);
    choices(c, movements, p);
    return ej_page_done(c, movements, p);
}

/* Show the form of a pupil who is new to the school.
 * Makes: <movements view="new" is_ready=><choice/>… <group/>… <reason/>… */
ej_err_t *ej_movements_new(ej_ctx_t *c)
{
    static const ej_field_t names[] = {{"surname", EJ_LINE, .max = 100},
                                       {"given_name", EJ_LINE, .max = 100},
                                       {"patronymic", EJ_LINE, .max = 100},
                                       {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, first));
    ej_params_set(p, "kind", "enrol");
    choices(c, ej_page_row(c, "movements_new_head", p), p);
    if (ej_page_refused(c) && !ej_form_read(p, names))
        ej_page_rows(c, ej_page_node(c), "movements_known", p);
    return NULL;
}

/* Read the fields of a movement that its second step asks for. */
static ej_err_t *read_movement(ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"kind", EJ_CHOICE, .words = "enrol transfer leave return",
         .is_required = 1},
        {"class_id", EJ_ID},
        {"moved_on", EJ_DAY, .is_required = 1},
        {"reason", EJ_LINE, .max = 20, .is_required = 1},
        {"order_no", EJ_LINE, .max = 40, .is_required = 1},
        {"order_on", EJ_DAY, .is_required = 1},
        {"note", EJ_LINE, .max = 200},
        {"study_group_id", EJ_ID, .rows = 60},
        {0}};
    return ej_form_read(p, fields);
}

/* Enrol a new pupil. Errors: JE101 … JE106 422 a field is wrong, JE203 422 the
 * day is not in the class's year, JE201 409 a journal is closed, JE217 409
 * people of this name are known: who is meant? */
ej_err_t *ej_movements_add(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"surname", EJ_LINE, .max = 100, .is_required = 1},
        {"given_name", EJ_LINE, .max = 100, .is_required = 1},
        {"patronymic", EJ_LINE, .max = 100},
        {"birth_on", EJ_DAY, .is_required = 1},
        {"sex", EJ_CHOICE, .words = "f m", .is_required = 1},
        {"person_id", EJ_ID},
        {"is_other", EJ_FLAG},
        {0}};
    ej_params_t *p = ej_page_params(c);
    ej_err_t *bad = ej_form_read(p, fields);
    ej_err_t *all = read_movement(p);
    EJ_TRY(all ? all : bad);
    ej_page_outcomes(c, "movements_save", p);
    return ej_page_saved(c, "/movements", p);
}

/* Enter a movement of a pupil. Errors: JE101 … JE106 422 a field is wrong,
 * JE201 409 a journal is closed, JE203 422 the day is not in the class's year,
 * JE207 409 marks stand after the day, JE240, JE241 422 not in a class, or in
 * one already */
ej_err_t *ej_movements_save(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(read_movement(p));
    ej_page_outcomes(c, "movements_save", p);
    return ej_page_see_other(c, "/pupils/{pupil_id}/movements?done=added", p);
}

/* Show the form that undoes a movement. Makes: <movements view="mistake" …>
 * Errors: JE401 404 no such movement, or not yours to change */
ej_err_t *ej_movements_mistake(ej_ctx_t *c)
{
    ej_page_row(c, "movements_undo_head", ej_page_params(c));
    return NULL;
}

/* Undo a mistaken movement. Errors: JE101 422 no reason, JE207 409 marks stand
 * there, JE211 409 it is not the last, or classes were changed since */
ej_err_t *ej_movements_undo(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"undone_reason", EJ_LINE, .max = 200, .is_required = 1}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "movements_undo", p);
    return ej_page_see_other(c, "/movements?done=changed", p);
}
