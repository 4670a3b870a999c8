/* announcements.c: announcements to the school, a class, a group, the staff;
 * who has confirmed having read one.
 *
 * Rooms: sql/queries/announcements.sql, sql/objects/announcements.sql,
 *        xslt/announcements.xsl, tests/announcements/
 * Rules: the heads announce to all, class teachers to their classes, teachers
 *        to their groups; the author alone changes one
 * Source: MSG-01, MSG-02
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the announcements: ?find=, ?page=. Makes: <announcements view="list"
 * count= page= pages= find= is_mine= done=><announcement/>…<choice/>… */
ej_err_t *ej_announcements_list(ej_ctx_t *c)
{
    return ej_record_list(c);
}

/* Make an announcement. Errors: JE101 … JE106, JE132 422 a field is wrong,
 * JE301 403 not a class or group of the writer's */
ej_err_t *ej_announcements_add(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"title", EJ_LINE, .max = 200, .is_required = 1},
        {"class_id", EJ_ID},
        {"study_group_id", EJ_ID},
        {"whom", EJ_CHOICE, .is_required = 1,
         .words = "all families parents pupils staff"},
        {"from_on", EJ_DAY},
        {"till_on", EJ_DAY},
        {"asks_receipt", EJ_FLAG},
        {"note", EJ_PROSE, .max = 4000, .is_required = 1},
        {0}};
    return ej_page_save(c, fields, "announcements_add", "/announcements");
}

/* Show an announcement, its form to the author, and who has confirmed it to the
 * author and the heads. Makes: <announcements view="show" announcement_id= …
 * done=><body/><reader/>… Errors: JE401 404 no such announcement, or not to the
 * reader */
ej_err_t *ej_announcements_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *announcement = ej_page_row(c, "announcements_show", p);
    ej_page_rows(c, announcement, "announcements_text", p);
    ej_page_rows(c, announcement, "announcements_readers", p);
    return ej_page_done(c, announcement, p);
}

/* Change an announcement. Errors: as ej_announcements_add, JE210 409 changed
 * meanwhile */
ej_err_t *ej_announcements_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"title", EJ_LINE, .max = 200, .old = 500, .is_required = 1},
        {"from_on", EJ_DAY, .old = 1, .is_required = 1},
        {"till_on", EJ_DAY, .old = 1},
        {"note", EJ_PROSE, .max = 4000, .old = 8000, .is_required = 1},
        {0}};
    return ej_page_save(c, fields, "announcements_save", "/announcements");
}

/* Confirm having read an announcement. Errors: JE401 404 not to the reader */
ej_err_t *ej_announcements_confirm(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{0}};
    return ej_page_save(c, fields, "announcements_confirm",
                        "/announcements/{announcement_id}");
}
