/* archive.c: the register of backups, and the wish to have one now.
 *
 * Rooms: sql/queries/archive.sql, sql/objects/archive.sql, xslt/archive.xsl,
 *        tests/archive/
 * Rules: ejournal-backup makes, copies and verifies them; the page shows what
 *        it entered in the register, and no dump ever passes through a page
 * Source: ARC-01, FED-21, FED-22, FED-26
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the backups with what is known of each.
 * Makes: <archive can_order= days= is_late=><backup state= size= …/>…
 * Errors: JE401 404 not yours to read */
ej_err_t *ej_archive_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *archive = ej_page_row(c, "archive_head", p);
    ej_page_rows(c, archive, "archive_rows", p);
    return NULL;
}

/* Order a backup, which ejournal-backup begins within some minutes. A second
 * order before that changes nothing.
 * Errors: JE301 403 not yours to order */
ej_err_t *ej_archive_order(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_exec(c, "archive_order", p);
    return ej_page_see_other(c, "/archive", p);
}
