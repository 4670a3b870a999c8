/* ways.c: which account the user of another module of Apache has.
 *
 * Rooms: sql/queries/ways.sql, xslt/ways.xsl, tests/ways/
 * Rules: the account is of a person of this school alone (sql/objects/ways.sql)
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show the pairs of way and subject. Makes: <ways view="list"><way/>… */
ej_err_t *ej_ways_list(ej_ctx_t *c)
{
    ej_page_rows(c, ej_page_node(c), "ways_rows", ej_page_params(c));
    return NULL;
}

/* Add a pair, or remove one.
 * Errors: JE101 422 a field is empty, JE212 409 the subject has another
 *         account, JE268 422 no such log-in of this school alone */
ej_err_t *ej_ways_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"way", EJ_LINE, .max = 60, .is_required = 1},
        {"subject", EJ_LINE, .max = 300, .is_required = 1},
        {"login", EJ_LINE, .max = 64, .is_required = 1},
        {"is_removed", EJ_FLAG},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    if (ej_params_get(p, "is_removed")[0] == 't')
        ej_page_exec(c, "ways_remove", p);
    else
        ej_page_exec(c, "ways_add", p);
    return ej_page_see_other(c, "/ways", p);
}
