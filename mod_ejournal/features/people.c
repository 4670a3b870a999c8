/* people.c: lists of the pupils and the staff of a school, searched by name.
 *
 * Rooms: sql/queries/people.sql, xslt/people.xsl, tests/people/
 * Source: CNT-01, CNT-02. Row policies decide which people and which of their
 * data a reader sees.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the pupils of today: ?find=, ?sort=name or class, ?page=.
 * ?lacks=birth, guardian or consent: only those of the reader without it.
 * Makes: <people view="list" count= page= pages= find= sort= lacks=><pupil/>…
 * Errors: JE106 422 no such order */
ej_err_t *ej_people_list(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"lacks", EJ_CHOICE, .words = "birth guardian consent"}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_scope(c, "people_scope");
    return ej_page_list(c, "people_pupils_head", "people_pupils", p);
}

/* List the staff of today: ?find=, ?sort=name or post, ?page=.
 * Makes: <people view="staff" count= page= pages= find= sort=><staff/>…
 * Errors: JE106 422 no such order */
ej_err_t *ej_people_staff(ej_ctx_t *c)
{
    return ej_page_list(c, "people_staff_head", "people_staff",
                        ej_page_params(c));
}
