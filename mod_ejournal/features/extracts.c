/* extracts.c: the register of numbered copies of printed documents.
 *
 * Rooms: sql/queries/extracts.sql, sql/objects/extracts.sql, xslt/extracts.xsl,
 *        xslt/extracts_certificate.xsl, tests/extracts/
 * Rules: a copy is made by the page of its document (ej_page_freeze) and never
 *        changed; it may become void, with a reason; a reprint is made of the
 *        frozen document and equals the first
 * Source: ARC-03 … ARC-06, DIA-11
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the copies: ?find= a number, whom it is about or the purpose, ?sort=,
 * ?page=. Makes: <extracts view="list" count= …><extract/>…
 * Errors: JE102, JE104, JE106 422 */
ej_err_t *ej_extracts_list(ej_ctx_t *c)
{
    return ej_page_list(c, "extracts_head", "extracts_rows", ej_page_params(c));
}

/* Show what the register has about a copy and who outside has read it; printed,
 * the copy itself.
 * Makes: <extracts view="show" extract_id= number= state= …><view/>…
 * Errors: JE401 404 no such copy, or not yours to read */
ej_err_t *ej_extracts_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    if (ej_page_is_print(c)) {
        ej_node_t *extracts = ej_page_node(c);
        ej_page_rows(c, extracts, "extracts_copy", p);
        EJ_TRY(ej_page_run(c));
        ej_node_t *copy = ej_xml_child(extracts, "copy");
        return copy ? ej_page_thaw(c, copy) : ej_page_err(c, JE401, NULL, NULL);
    }
    ej_node_t *extract = ej_page_row(c, "extracts_show", p);
    ej_page_rows(c, extract, "extracts_views", p);
    return NULL;
}

/* Make a copy void.
 * Errors: JE101, JE104 422 the reason, JE277 409 void already,
 *         JE301 403 not yours to make void */
ej_err_t *ej_extracts_void(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"reason", EJ_LINE, .max = 200, .is_required = 1}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "extracts_void", p);
    return ej_page_see_other(c, "/extracts/{extract_id}", p);
}
