/* people.c: lists of the pupils and the staff of a school, searched by name.
 *
 * Rooms: sql/queries/people.sql, xslt/people.xsl, tests/people/
 * Source: CNT-01, CNT-02. Row policies decide which people and which of their
 * data a reader sees.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the pupils of today: ?find=, ?sort=name or class, ?page=.
 * Makes: <people view="list" count= page= pages= find= sort=><pupil/>…
 * Errors: JE106 422 no such order */
ej_err_t *ej_people_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_list(p, "name class"));
    ej_page_scope(c, "people_scope");
    ej_node_t *people = ej_page_row(c, "people_pupils_head", p);
    ej_page_rows(c, people, "people_pupils", p);
    return NULL;
}

/* List the staff of today: ?find=, ?sort=name or post, ?page=.
 * Makes: <people view="staff" count= page= pages= find= sort=><staff/>…
 * Errors: JE106 422 no such order */
ej_err_t *ej_people_staff(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_list(p, "name post"));
    ej_node_t *people = ej_page_row(c, "people_staff_head", p);
    ej_page_rows(c, people, "people_staff", p);
    return NULL;
}
