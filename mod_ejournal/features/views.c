/* views.c: the log of access: who opened whose card, or took away a list with
 * the pupil, newest first.
 *
 * Rooms: sql/queries/views.sql, xslt/views.xsl, tests/views/
 * Rules: the rows are written while a card is shown (EJ_LOGGED in routes.def),
 *        or a file or a printed page that names several pupils is made
 *        (core/page/taken.c), and never changed; administrator and director
 *        read them
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the openings: ?find= who opened, ?pupil= whose card, ?from_on= and
 * ?to_on= days; by key. As CSV or XLSX all that are found.
 * Makes: <views find= pupil= from_on= to_on= next= previous=><opening/>…
 * Errors: JE102 422 no such key, JE103 422 no day */
ej_err_t *ej_views_list(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"find", EJ_LINE, .max = 100},
                                        {"pupil", EJ_LINE, .max = 100},
                                        {"from_on", EJ_DAY},
                                        {"to_on", EJ_DAY},
                                        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    return ej_page_list(c, "views_head", "views_rows", p);
}
