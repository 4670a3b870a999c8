/* history.c: every change of the school's records, newest first.
 *
 * Rooms: sql/queries/history.sql, xslt/history.xsl, tests/history/
 * Source: the history is append-only (sql/objects/history.sql); row policies
 *         decide which changes a reader sees
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the changes: ?find= a colleague, ?kind=, ?from_on= and ?to_on= days; by
 * key. As CSV or XLSX all that are found.
 * Makes: <history find= kind= from_on= to_on= next= previous=><change/>…
 * Errors: JE102 422 no such key, JE103 422 no day, JE106 422 no such kind */
ej_err_t *ej_history_list(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"find", EJ_LINE, .max = 100},
        {"kind", EJ_CHOICE, .words = "journal people accounts setup"},
        {"from_on", EJ_DAY},
        {"to_on", EJ_DAY},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    return ej_page_list(c, "history_head", "history_changes", p);
}
