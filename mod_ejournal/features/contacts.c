/* contacts.c: how a person is told of news, and the person's own addresses.
 *
 * Rooms: sql/queries/contacts.sql, sql/objects/contacts.sql, xslt/contacts.xsl,
 *        tests/contacts/
 * Rules: an address counts once the code that was sent to it is typed here; of
 *        each channel one counts, and a former one is told of the change
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

#define KINDS 60 /* kinds of notices, ej.notice_kinds() */

/* Show how the reader is told of each kind that can concern the reader.
 * Makes: <contacts view="choices" is_saved=><address/>… <kind/>… */
ej_err_t *ej_contacts_choices(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"is_saved", EJ_FLAG}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *contacts = ej_page_row(c, "contacts_head", p);
    ej_page_rows(c, contacts, "contacts_rows", p);
    ej_page_rows(c, contacts, "contacts_kinds", p);
    return NULL;
}

/* Save these choices. Errors: JE106 422 no such mode, JE107 422, JE210 409
 * changed meanwhile */
ej_err_t *ej_contacts_choose(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"email", EJ_PROSE, .max = 10, .ids = 1, .rows = KINDS},
        {"sms", EJ_PROSE, .max = 10, .ids = 1, .rows = KINDS},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "contacts_choose", p);
    return ej_page_see_other(c, "/account/notices?is_saved=1", p);
}

/* Show the own addresses, those of the card that could be added, and the form
 * of a new one. Makes: <contacts view="list" done=><address/>… <known/>… */
ej_err_t *ej_contacts_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *contacts = ej_page_node(c);
    ej_page_rows(c, contacts, "contacts_rows", p);
    ej_page_rows(c, contacts, "contacts_known", p);
    return ej_page_done(c, contacts, p);
}

/* Add an address: a code is sent to it. Errors: JE101 … JE106 422 a field is
 * wrong, JE165 422 no e-mail address, JE166 422 no telephone, JE212 409 it
 * counts already, JE111 429 too many codes */
ej_err_t *ej_contacts_add(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"channel", EJ_CHOICE, .words = "email sms", .is_required = 1},
        {"address", EJ_LINE, .max = 254, .is_required = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "contacts_add", p);
    return ej_page_see_other(c, "/account/contacts?done=added", p);
}

/* Show one own address with the form of its code. Makes: <contacts view="show"
 * contact_id= …> Errors: JE401 404 no such address, or not the own */
ej_err_t *ej_contacts_show(ej_ctx_t *c)
{
    ej_page_row(c, "contacts_show", ej_page_params(c));
    return NULL;
}

/* Read the code and count it as a guess; contacts_save judges it. */
static ej_err_t *try_code(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"code", EJ_LINE, .max = 20, .is_required = 1}, {0}};
    EJ_TRY(ej_form_read(p, fields));
    EJ_TRY(ej_session_guess_check(c, "contact", "code"));
    ej_node_t *contacts = ej_page_node(c);
    ej_page_rows(c, contacts, "contacts_try", p);
    /* commit, so that the guess is counted although it may be refused */
    EJ_TRY(ej_page_commit(c));
    return ej_session_guess_wait(c, "contact", "code",
                                 ej_xml_child_get(contacts, "tried", "wait_s"));
}

/* Confirm an address by its code, send another code, or give the address up.
 * Errors: JE101, JE106 422, JE167 422 a wrong code, JE111 429 too many codes,
 * JE401 404 not the own */
ej_err_t *ej_contacts_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"action", EJ_CHOICE, .words = "confirm send drop", .is_required = 1},
        {"code", EJ_LINE, .max = 20},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    if (!strcmp(ej_params_get(p, "action"), "confirm"))
        EJ_TRY(try_code(c, p));
    ej_page_outcomes(c, "contacts_save", p);
    return ej_page_see_other(c, "/account/contacts?done=changed", p);
}
