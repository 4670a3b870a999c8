/* compliance.c: each requirement of the school regulations and the federal
 * documents, with what meets it.
 *
 * Rooms: sql/queries/compliance.sql, xslt/compliance.xsl, xslt/help/compliance.xsl
 *        (the requirements), xslt/print/compliance.xsl, tests/compliance/
 * Source: DOC-08
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show the requirements, ?state= only those of this state.
 * Makes: <compliance school_name= today_on= state=> Errors: JE106 422 */
ej_err_t *ej_compliance_show(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"state", EJ_CHOICE, .words = "met school open"}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_row(c, "compliance_head", p);
    if (ej_page_is_print(c))
        ej_page_row(c, "compliance_print_head", p);
    return NULL;
}
