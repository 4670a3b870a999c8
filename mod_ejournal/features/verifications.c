/* verifications.c: class teachers verify the personal data of their class once
 * a month.
 *
 * Rooms: sql/queries/verifications.sql, xslt/verifications.xsl,
 *        tests/verifications/
 * Source: CNT-06
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the classes: to a class teacher the own, to the heads all.
 * Makes: <verifications view="list" year= month_on= done=><class/>… */
ej_err_t *ej_verifications_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *verifications = ej_page_row(c, "verifications_head", p);
    ej_page_rows(c, verifications, "verifications_classes", p);
    return ej_page_done(c, verifications, p);
}

/* Record that the data of a class were verified in this month.
 * Errors: JE101 422 no class, JE212 409 done already, JE301 403 not your class
 */
ej_err_t *ej_verifications_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"class_id", EJ_ID, .is_required = 1},
                                        {"note", EJ_LINE, .max = 200},
                                        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "verifications_save", p);
    return ej_page_see_other(c, "/verifications?done=added", p);
}
