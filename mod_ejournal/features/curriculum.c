/* curriculum.c: the curriculum: hours a week of a subject for a class, a
 * profile or an individual curriculum.
 *
 * Rooms: sql/queries/curriculum.sql, sql/objects/curriculum.sql,
 *        xslt/curriculum.xsl, tests/curriculum/
 * Source: CFG-14; the most hours of a grade: ej.grade_norm
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

#define CELLS 3000 /* a grade has some 10 groups and 150 subjects at most */
#define GROUPS 400 /* of a school, with a plan of their own */

static const ej_field_t which[] = {
    {"year", EJ_NUMBER, .min = 2000, .max = 2099},
    {"grade", EJ_NUMBER, .min = 0, .max = 12},
    {0}};

/* Show the matrix of subjects and groups of a grade: ?grade= (0: all, to read),
 * ?year=. Makes: <curriculum view="list" year= grade= is_mine= done=><grade/>…
 *        <group/>…<subject><cell/>…</subject>… */
ej_err_t *ej_curriculum_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, which));
    ej_page_scope(c, "curriculum_scope");
    ej_node_t *curriculum = ej_page_row(c, "curriculum_head", p);
    ej_page_rows(c, curriculum, "curriculum_grades", p);
    ej_page_rows(c, curriculum, "curriculum_columns", p);
    ej_page_rows(c, curriculum, "curriculum_subjects", p);
    ej_page_rows(c, curriculum, "curriculum_cells", p);
    return ej_page_done(c, curriculum, p);
}

/* Save the cells of the form.
 * Errors: JE102 422 no such number, JE210 409 changed meanwhile, JE301 403 not
 *         a group or subject of the school */
ej_err_t *ej_curriculum_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"hours", EJ_DECIMAL, .min = 0,
                                         .max = 40, .digits = 1, .ids = 2,
                                         .rows = CELLS},
                                        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, which));
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "curriculum_save", p);
    return ej_page_see_other(
        c, "/curriculum?year={year}&grade={grade}&done=changed", p);
}

/* Show the form that copies a plan: from which group or the last year, into
 * which groups of ?grade= (0: of the school) in ?year=. Makes: <curriculum
 * view="copy" year= grade=><group/>…<choice/>… */
ej_err_t *ej_curriculum_copy(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, which));
    ej_page_scope(c, "curriculum_scope");
    ej_page_view(c, "copy");
    ej_node_t *curriculum = ej_page_row(c, "curriculum_head", p);
    ej_page_rows(c, curriculum, "curriculum_columns", p);
    ej_page_rows(c, curriculum, "curriculum_choices", p);
    return NULL;
}

/* Copy a plan; what the groups have already stays.
 * Errors: JE101 422 into nothing, JE106 422 no such plan, JE107 422 too many,
 *         JE301 403 not a group of the school */
ej_err_t *ej_curriculum_take(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"from_id", EJ_ID}, {"study_group_id", EJ_ID, .rows = GROUPS}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, which));
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "curriculum_take", p);
    return ej_page_see_other(
        c, "/curriculum?year={year}&grade={grade}&done=added", p);
}
