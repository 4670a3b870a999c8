/* informing.c: who was informed about a child, how and when; calls, talks and
 * meetings entered by the class teacher.
 *
 * Rooms: sql/queries/informing.sql, sql/objects/informing.sql,
 *        xslt/informing.xsl, tests/informing/
 * Rules: a receipt of the diary, a paper or a talk informs a family; overdue
 *        after the days of the school's settings; what no letter brings is told
 *        in person (/today)
 * Source: DIA-07, DIA-08, DIA-17
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

#define WAYS "call talk meeting letter"
#define PUPILS 60 /* of a page */

/* List the pupils, those whose families wait longest first: ?find= a name or
 * class, ?sort=day or name, ?page=; to a class teacher with the form of a talk
 * or a meeting.
 * Makes: <informing view="list" count= overdue= is_mine=><pupil/>…
 * Errors: JE102, JE104, JE106 422 */
ej_err_t *ej_informing_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_scope(c, "informing_scope");
    EJ_TRY(ej_page_list(c, "informing_head", "informing_rows", p));
    return ej_page_done(c, ej_page_node(c), p);
}

/* Record a talk with the families of the ticked pupils.
 * Errors: JE101, JE103, JE104, JE106 422 a field is wrong, JE203 422 the day is
 *         to come, JE301 403 not pupils of the writer's class */
ej_err_t *ej_informing_enter(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"way", EJ_CHOICE, .words = WAYS, .is_required = 1},
        {"informed_on", EJ_DAY, .is_required = 1},
        {"note", EJ_LINE, .max = 300},
        {"pupil_id", EJ_ID, .rows = PUPILS, .is_set = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "informing_enter", p);
    return ej_page_see_other(c, "/informing?done=added", p);
}

/* Record that the family of a notice that no letter brought was told in person.
 * Errors: JE101, JE106 422 no such way, JE401 404 a notice about no pupil of
 *         the writer's class */
ej_err_t *ej_informing_tell(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"way", EJ_CHOICE, .words = WAYS, .is_required = 1}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_exec(c, "informing_tell", p);
    return ej_page_see_other(c, "/", p);
}

/* Show how the family of a pupil was informed, the newest first. Makes:
 * <informing view="pupil" pupil_id= name= is_mine=><told/>…
 * Errors: JE401 404 no such pupil, or not yours */
ej_err_t *ej_informing_pupil(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *informing = ej_page_row(c, "informing_pupil", p);
    ej_page_rows(c, informing, "informing_all", p);
    return ej_page_done(c, informing, p);
}

/* Show the form of a talk. Makes: <informing view="show" informing_id= …>
 * Errors: JE401 404 no such talk, or not yours to change */
ej_err_t *ej_informing_show(ej_ctx_t *c)
{
    ej_page_row(c, "informing_show", ej_page_params(c));
    return NULL;
}

/* Change or remove a talk. Errors: JE101 … JE106, JE203 422 a field is wrong,
 *         JE210 409 changed meanwhile, JE301 403, JE401 404 not yours */
ej_err_t *ej_informing_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"way", EJ_CHOICE, .words = WAYS, .is_required = 1, .old = 20},
        {"informed_on", EJ_DAY, .is_required = 1, .old = 1},
        {"note", EJ_LINE, .max = 300, .old = 500},
        {"is_removed", EJ_FLAG},
        {"pupil_id", EJ_ID, .is_required = 1}, /* whose page leads back */
        {0}};
    return ej_page_save(c, fields, "informing_save",
                        "/pupils/{pupil_id}/informing");
}
