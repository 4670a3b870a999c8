/* notices.c: what a person is told of, read here without any address.
 *
 * Rooms: sql/queries/notices.sql, sql/objects/notices.sql, xslt/notices.xsl,
 *        xslt/notices_words.xsl, tests/notices/
 * Rules: a notice has only kind, pupil and fact; what the page says of the fact
 *        is read with the rights of the reader
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the own notices, the newest first: ?pupil_id= of one child, ?is_new=1
 * those not marked as read; by key.
 * Makes: <notices unread= newest_id= pupil_id= is_new= next=
 * previous=><child/>… <notice/>… Errors: JE102 422 no such key */
ej_err_t *ej_notices_list(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"pupil_id", EJ_ID}, {"is_new", EJ_FLAG}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    EJ_TRY(ej_page_list(c, "notices_head", "notices_rows", p));
    ej_page_rows(c, ej_page_node(c), "notices_children", p);
    return NULL;
}

/* Mark one notice as read, or all up to the newest that the page showed.
 * Errors: JE101 422 neither is named */
ej_err_t *ej_notices_read(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"notice_for_id", EJ_ID}, {"newest_id", EJ_ID}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    if (!ej_params_get(p, "notice_for_id") && !ej_params_get(p, "newest_id"))
        return ej_page_err(c, JE101, "notice_for_id", NULL);
    ej_page_exec(c, "notices_read", p);
    return ej_page_see_other(c, "/notices", p);
}
