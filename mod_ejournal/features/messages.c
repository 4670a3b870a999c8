/* messages.c: conversations of teachers, families and heads: to whom one may
 * write, letters to the families of a class, files, the rules of the school.
 *
 * Rooms: sql/queries/messages.sql, sql/objects/messages.sql, xslt/messages.xsl,
 *        tests/messages/
 * Rules: only participants read a conversation and its files; who may write to
 *        whom is held by a trigger, replies included
 *        (sql/objects/rule_message.sql); a message is never changed
 * Source: MSG-01, MSG-02, MSG-03, ACC-13
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

static const ej_field_t text_fields[] = {
    {"text", EJ_PROSE, .max = 4000, .is_required = 1}, {0}};

/* List the conversations: ?find=, ?page=. Makes: <messages view="list" count=
 * page= pages= find= can_set= done=><conversation/>… */
ej_err_t *ej_messages_list(ej_ctx_t *c)
{
    return ej_page_list(c, "messages_head", "messages_rows", ej_page_params(c));
}

/* List those to whom the reader may write: ?find=, ?page=, ?class_id= or
 * ?pupil_id= for the families of a class, or what concerns a child.
 * Makes: <messages view="people" …><class/>…<recipient/>… */
ej_err_t *ej_messages_people(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"class_id", EJ_ID}, {"pupil_id", EJ_ID}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    EJ_TRY(ej_page_list(c, "messages_people_head", "messages_people", p));
    ej_page_rows(c, ej_page_node(c), "messages_classes", p);
    return NULL;
}

/* Show the form of a message to somebody, about ?pupil_id=. Makes: <messages
 * view="write" person_id= pupil_id= role= name= …>
 * Errors: JE401 404 nobody to whom the reader may write */
ej_err_t *ej_messages_write(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"pupil_id", EJ_ID}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_row(c, "messages_person", p);
    return NULL;
}

/* Write to somebody. Errors: JE101, JE104 422 no text, or too long, JE130 422
 * another type of file, JE223 409 too many files of a day, JE401 404 nobody to
 * whom the writer may write */
ej_err_t *ej_messages_start(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"pupil_id", EJ_ID},
        {"text", EJ_PROSE, .max = 4000, .is_required = 1},
        {0}};
    EJ_TRY(ej_page_files(c));
    return ej_page_save(c, fields, "messages_start", "/messages");
}

/* Show the form of a letter to the families of a class. Makes: <messages
 * view="class" class_id= name= parents= pupils=> Errors: JE401 404 no such
 * class, or none of its families is the reader's to write to */
ej_err_t *ej_messages_class(ej_ctx_t *c)
{
    ej_page_row(c, "messages_class", ej_page_params(c));
    return NULL;
}

/* Write to the families of a class, a conversation for each. Errors: as
 * ej_messages_start, JE106 422 no such choice */
ej_err_t *ej_messages_send(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"whom", EJ_CHOICE, .is_required = 1, .words = "parents pupils both"},
        {"text", EJ_PROSE, .max = 4000, .is_required = 1},
        {0}};
    EJ_TRY(ej_page_files(c));
    return ej_page_save(c, fields, "messages_class_send", "/messages");
}

/* Show a conversation, which so is read: the last 50 messages, or the 50 before
 * ?before_id=. Makes: <messages view="show" conversation_id= pupil_name=
 * hindrance= done=><participant/>…<shown/>…<message>text<file/>…</message>…
 * Errors: JE401 404 no such conversation, or not the reader's */
ej_err_t *ej_messages_show(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"before_id", EJ_ID}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_exec(c, "messages_opened", p);
    ej_node_t *messages = ej_page_row(c, "messages_show", p);
    ej_page_rows(c, messages, "messages_participants", p);
    ej_page_rows(c, messages, "messages_shown", p);
    ej_page_rows(c, messages, "messages_texts", p);
    ej_page_rows(c, messages, "messages_files", p);
    return ej_page_done(c, messages, p);
}

/* Answer. Errors: JE101, JE104 422 no text, or too long, JE130 422 another type
 * of file, JE223 409 too many files of a day, JE285, JE286, JE287 409 not to
 * all who read it, left, or nobody reads it, JE401 404 not the writer's */
ej_err_t *ej_messages_reply(ej_ctx_t *c)
{
    EJ_TRY(ej_page_files(c));
    return ej_page_save(c, text_fields, "messages_reply",
                        "/messages/{conversation_id}");
}

/* Send a file of a conversation. Errors: JE401 404 no such file, or not the
 * reader's to read */
ej_err_t *ej_messages_file(ej_ctx_t *c)
{
    ej_page_download(c, "messages_file", ej_page_params(c));
    return NULL;
}

/* Leave a conversation. Errors: JE401 404 not the reader's */
ej_err_t *ej_messages_leave(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{0}};
    return ej_page_save(c, fields, "messages_leave",
                        "/messages/{conversation_id}");
}

/* Show a conversation to the director. Errors: JE286 409 the reader has left
 * it, JE401 404 not the reader's */
ej_err_t *ej_messages_disclose(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{0}};
    return ej_page_save(c, fields, "messages_disclose",
                        "/messages/{conversation_id}");
}

/* Show who may write to whom. Makes: <messages view="rules" is_mine=
 * done=><rule/>… */
ej_err_t *ej_messages_rules(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *messages = ej_page_row(c, "messages_rules_head", p);
    ej_page_rows(c, messages, "messages_rules", p);
    return ej_page_done(c, messages, p);
}

/* Save who may write to whom. Errors: JE106 422 not a scope of that pair, JE210
 * 409 changed meanwhile, JE301 403 not the administrator */
ej_err_t *ej_messages_keep(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"from_role", EJ_LINE, .max = 20, .rows = 21},
        {"to_role", EJ_LINE, .max = 20, .rows = 21},
        {"scope", EJ_LINE, .max = 20, .rows = 21, .old = 20},
        {0}};
    return ej_page_save(c, fields, "messages_rules_save", "/senders");
}
