/* support.c: requests of people to the administrator of their school, and the
 * answers.
 *
 * Rooms: sql/queries/support.sql, sql/objects/support.sql, xslt/support.xsl,
 *        tests/support/
 * Rules: the person who asks and the administrators read a request; each is
 *        mailed, without names, to the address of EjournalSupportMail, if there
 *        is one, and answered here
 * Source: MSG-04, MSG-05, SEC-06
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

static const ej_field_t text_fields[] = {
    {"text", EJ_PROSE, .max = 4000, .is_required = 1}, {0}};

/* List the reader's requests, for an administrator those of the school, and
 * show the form of a new one; ?place= and ?error_number= fill it in.
 * Makes: <support view="list" count= … is_mine= place= error_number= done=
 *        schema= last_error=><school/>…<request/>… */
ej_err_t *ej_support_list(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"place", EJ_LINE, .max = 300},
                                        {"error_number", EJ_LINE, .max = 100},
                                        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    EJ_TRY(ej_page_list(c, "support_head", "support_rows", p));
    ej_page_rows(c, ej_page_node(c), "support_schools", p);
    ej_page_set(c, ej_page_node(c), "last_error", ej_session_last_error(c));
    return ej_page_done(c, ej_page_node(c), p);
}

/* Ask. Errors: JE101, JE104 422 no text, no school, or too long, JE288 409 too
 * many requests of a day, JE401 404 not a school of the reader */
ej_err_t *ej_support_ask(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"school_id", EJ_ID},
        {"text", EJ_PROSE, .max = 4000, .is_required = 1},
        {"place", EJ_LINE, .max = 300},
        {"error_number", EJ_LINE, .max = 100},
        {0}};
    return ej_page_save(c, fields, "support_ask", "/support");
}

/* Show a request, which so is read. Makes: <support view="show" support_id=
 * state= … done=><message/>…
 * Errors: JE401 404 no such request, or not the reader's */
ej_err_t *ej_support_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_exec(c, "support_opened", p);
    ej_node_t *support = ej_page_row(c, "support_show", p);
    ej_page_rows(c, support, "support_texts", p);
    return ej_page_done(c, support, p);
}

/* Answer, or write again. Errors: JE101, JE104 422 no text, or too long, JE288
 * 409 too many messages in a day, JE401 404 no such request, or not the
 * reader's */
ej_err_t *ej_support_write(ej_ctx_t *c)
{
    return ej_page_save(c, text_fields, "support_write",
                        "/support/{support_id}");
}

/* Close a request. Errors: JE401 404 no such request, or not the reader's */
ej_err_t *ej_support_close(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{0}};
    return ej_page_save(c, fields, "support_close", "/support/{support_id}");
}
