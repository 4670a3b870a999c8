/* handins.c: what a homework asks for (files, minutes, whether it is handed in
 * here); what pupils hand in: text and files; the teacher answers and marks
 * from one list.
 *
 * Rooms: sql/queries/handins.sql, sql/objects/handins.sql, xslt/handins.xsl,
 *        tests/handins/
 * Rules: the family hands in for its own child, also late; marks go into the
 *        lesson at which the homework was due. Files: sql/objects/file.sql
 * Source: JRN-04, DIA-02
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the homework of the reader's teachings with how many handed in.
 * Makes: <handins view="list" today_on=><homework/>… */
ej_err_t *ej_handins_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *handins = ej_page_row(c, "handins_head", p);
    ej_page_rows(c, handins, "handins_rows", p);
    return NULL;
}

/* Show what a homework asks for, and for its teacher the form.
 * Makes: <handins view="task" homework_id= … minutes= is_online= is_mine=
 * done=><task/><attached/>…<load/>
 * Errors: JE401 404 no such homework, or not yours to read */
ej_err_t *ej_handins_task(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *handins = ej_page_row(c, "handins_show", p);
    ej_page_rows(c, handins, "handins_task", p);
    ej_page_rows(c, handins, "handins_attached", p);
    ej_page_rows(c, handins, "handins_load", p);
    return ej_page_done(c, handins, p);
}

/* Set what a homework asks for. Errors: JE102 422 a field is wrong, JE107 422
 * too many files, JE130 422 another type of file, JE201 409 the journal is
 * closed, JE210 409 changed meanwhile, JE401 404 not your homework */
ej_err_t *ej_handins_set(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"minutes", EJ_NUMBER, .min = 1, .max = 300, .old = 1},
        {"is_online", EJ_FLAG, .old = 1},
        {"gone", EJ_ID, .rows = 20, .is_set = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    EJ_TRY(ej_page_files(c));
    ej_page_outcomes(c, "handins_set", p);
    return ej_page_see_other(c, "/handins/{homework_id}/task?done=changed", p);
}

/* Show all that was handed in for a homework. Makes: <handins view="show"
 * homework_id= … is_mine= can_mark= done=><task/><attached/>…<pupil><note/>
 * <file/>…</pupil>…
 * Errors: JE401 404 no such homework, or not yours to read */
ej_err_t *ej_handins_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *handins = ej_page_row(c, "handins_show", p);
    ej_page_rows(c, handins, "handins_task", p);
    ej_page_rows(c, handins, "handins_attached", p);
    ej_page_rows(c, handins, "handins_pupils", p);
    ej_page_rows(c, handins, "handins_notes", p);
    ej_page_rows(c, handins, "handins_files", p);
    return ej_page_done(c, handins, p);
}

/* Save answers and marks. Errors: JE104, JE108, JE120 422 a field is wrong,
 * JE201 … JE209 a rule of marks, JE210 409 changed meanwhile, JE301 403 not
 * your homework */
ej_err_t *ej_handins_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"answer", EJ_PROSE, .max = 2000, .ids = 1, .rows = 200},
        {"mark", EJ_PROSE, .max = 40, .ids = 1, .rows = 200},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "handins_save", p);
    return ej_page_see_other(c, "/handins/{homework_id}?done=changed", p);
}

/* List the homework of a pupil with its state: that due from two weeks ago to
 * three weeks ahead, or a ?page= of that of the school year ?year=.
 * Makes: <handins view="pupil" pupil_id= name= today_on= year= page= pages=
 *        is_mine= done=><choice/>…<homework/>…
 * Errors: JE102 422, JE401 404 no such pupil, or not yours */
ej_err_t *ej_handins_pupil(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"year", EJ_NUMBER, .min = 2000, .max = 2099},
        {"page", EJ_NUMBER, .min = 1, .max = 1000},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *handins = ej_page_row(c, "handins_pupil", p);
    ej_page_rows(c, handins, "handins_years", p);
    ej_page_rows(c, handins, "handins_child", p);
    return ej_page_done(c, handins, p);
}

/* Tick homework as done. Errors: JE401 404 not the reader's child, or no
 * homework of it */
ej_err_t *ej_handins_tick(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"done", EJ_ID, .rows = 200, .is_set = 1},
        {"was", EJ_ID, .rows = 200, .is_set = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "handins_tick", p);
    return ej_page_see_other(c, "/pupils/{pupil_id}/homework?done=changed", p);
}

/* Show a homework of a pupil with what was handed in, and the form.
 * Makes: <handins view="hand" homework_id= pupil_id= … is_mine=
 * done=><task/><file/>…
 * Errors: JE401 404 no such homework, or not yours */
ej_err_t *ej_handins_hand(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *handins = ej_page_row(c, "handins_hand", p);
    ej_page_rows(c, handins, "handins_task", p);
    ej_page_rows(c, handins, "handins_attached", p);
    ej_page_rows(c, handins, "handins_own", p);
    return ej_page_done(c, handins, p);
}

/* Hand in. Errors: JE101 422 neither text nor file, JE104 422 too long, JE107
 * 422 too many files, JE130 422 another type of file, JE210 409 changed
 * meanwhile, JE401 404 not the reader's child */
ej_err_t *ej_handins_send(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"note", EJ_PROSE, .max = 4000, .old = 8000},
        {"gone", EJ_ID, .rows = 20, .is_set = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    EJ_TRY(ej_page_files(c));
    ej_page_outcomes(c, "handins_send", p);
    return ej_page_see_other(
        c, "/pupils/{pupil_id}/handins/{homework_id}?done=changed", p);
}

/* Send a file of a homework. Errors: JE401 404 no such file, or not yours to
 * read */
ej_err_t *ej_handins_file(ej_ctx_t *c)
{
    ej_page_download(c, "handins_file", ej_page_params(c));
    return NULL;
}
