/* school.c: choosing the school to work in, for staff of several.
 *
 * Rooms: sql/queries/school.sql, xslt/school.xsl, tests/school/
 * Rules: staff have the rights of one school at a time, a family those of all
 *        its schools; sql/objects/school.sql
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the schools where the reader is staff.
 * Makes: <school back=><post school_id= name= city= post= is_current=/>… */
ej_err_t *ej_school_show(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"back", EJ_LINE, .max = 1000}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *school = ej_page_node(c);
    ej_page_set(c, school, "back",
                ej_page_way_back(c, ej_params_get(p, "back")));
    ej_page_rows(c, school, "school_posts", p);
    return NULL;
}

/* Work in this school from now on.
 * Errors: JE401 404 no such school, or the reader is not its staff */
ej_err_t *ej_school_choose(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"school_id", EJ_ID, .is_required = 1},
                                        {"back", EJ_LINE, .max = 1000},
                                        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_once(c, "school_choose", p);
    ej_params_set(p, "back", ej_page_way_back(c, ej_params_get(p, "back")));
    return ej_page_see_other(c, "{back}", p);
}
