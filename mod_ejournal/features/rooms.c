/* rooms.c: the rooms of a school: list, adding, changing, closing, removing.
 *
 * Rooms: sql/queries/rooms.sql, xslt/rooms.xsl, tests/rooms/
 * Rules: a room with lessons after its end is neither closed nor removed
 *        (sql/objects/rule_school.sql)
 * Source: CFG-07
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the rooms: ?find=, ?sort=name, kind or capacity, ?page=. Those who may
 * change them get the form of a new one.
 * Makes: <rooms view="list" count= page= pages= find= sort= is_mine=
 *        done=><room/>… Errors: JE106 422 no such order */
ej_err_t *ej_rooms_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_page_list(c, "rooms_head", "rooms_rows", p));
    return ej_page_done(c, ej_page_node(c), p);
}

/* Show the form of one room. Makes: <rooms view="show" room_id= name= …>
 * Errors: JE401 404 no such room, or not yours to change */
ej_err_t *ej_rooms_show(ej_ctx_t *c)
{
    ej_page_row(c, "rooms_show", ej_page_params(c));
    return NULL;
}

/* Add a room (without room_id), change it, close it (ended_on) or remove it.
 * Errors: JE101 … JE106 422 a field is wrong, JE210 409 changed meanwhile,
 *         JE211 409 the room is used, JE212 409 the name is taken */
ej_err_t *ej_rooms_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"name", EJ_LINE, .max = 40, .old = 500, .is_required = 1},
        {"kind", EJ_CHOICE, .old = 1, .is_required = 1,
         .words = "class lab computer workshop gym hall library other"},
        {"capacity", EJ_NUMBER, .min = 1, .max = 2000, .old = 1},
        {"is_shared", EJ_FLAG, .old = 1},
        {"ended_on", EJ_DAY, .old = 1},
        {"reason", EJ_LINE, .max = 200, .old = 500},
        {"is_removed", EJ_FLAG},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "rooms_save", p);
    return ej_page_saved(c, "/rooms", p);
}
