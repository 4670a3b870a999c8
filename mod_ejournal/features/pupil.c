/* pupil.c: a pupil's card: reading it, changing it, its photo.
 *
 * Rooms: sql/queries/pupil.sql, xslt/pupil.xsl, tests/pupil/
 * Rules: who opens a card is written into the log of access (EJ_LOGGED in
 *        routes.def, sql/objects/views.sql); the administrator changes all
 *        cards, a class teacher those of the class
 * Source: CNT-01, CNT-05, ACC-11 … 14
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show a card. Makes: <pupil view="show" pupil_id= surname= … is_mine=
 * done=><class/>…<guardian/>…<transfer/>…
 * Errors: JE401 404 no such card to open */
ej_err_t *ej_pupil_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_exec(c, "pupil_opened", p);
    ej_node_t *pupil = ej_page_row(c, "pupil_show", p);
    ej_page_rows(c, pupil, "pupil_classes", p);
    ej_page_rows(c, pupil, "pupil_guardians", p);
    ej_page_rows(c, pupil, "pupil_transfers", p);
    return ej_page_done(c, pupil, p);
}

/* Show the form of a card. Makes: <pupil view="form" pupil_id= surname= …>
 * Errors: JE401 404 no such card, or not yours to change */
ej_err_t *ej_pupil_form(ej_ctx_t *c)
{
    ej_page_exec(c, "pupil_opened", ej_page_params(c));
    ej_page_row(c, "pupil_form", ej_page_params(c));
    return NULL;
}

/* Send the photo. Errors: JE401 404 none, or not yours to see */
ej_err_t *ej_pupil_photo(ej_ctx_t *c)
{
    ej_page_download(c, "pupil_photo", ej_page_params(c));
    return NULL;
}

/* Change a card; the photo is a file, if one was chosen.
 * Errors: JE101 … JE106 422 a field is wrong, JE130, JE131 422 the file is no
 *         picture, JE210 409 changed meanwhile, JE301 403 not yours to change
 */
ej_err_t *ej_pupil_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"surname", EJ_LINE, .max = 100, .old = 500, .is_required = 1},
        {"given_name", EJ_LINE, .max = 100, .old = 500, .is_required = 1},
        {"patronymic", EJ_LINE, .max = 100, .old = 500},
        {"file_no", EJ_LINE, .max = 40, .old = 500},
        {"birth_on", EJ_DAY, .old = 1},
        {"sex", EJ_CHOICE, .old = 1, .words = "f m"},
        {"birth_place", EJ_LINE, .max = 200, .old = 500},
        {"citizenship", EJ_LINE, .max = 100, .old = 500},
        {"document_kind", EJ_CHOICE, .old = 1,
         .words = "birth passport foreign other"},
        {"document_number", EJ_LINE, .max = 40, .old = 500},
        {"document_by", EJ_LINE, .max = 300, .old = 500},
        {"document_on", EJ_DAY, .old = 1},
        {"snils", EJ_LINE, .max = 20, .old = 500},
        {"gto_uin", EJ_LINE, .max = 20, .old = 500},
        {"insurance_number", EJ_LINE, .max = 40, .old = 500},
        {"address", EJ_LINE, .max = 300, .old = 500},
        {"home_address", EJ_LINE, .max = 300, .old = 500},
        {"contacts", EJ_LINE, .max = 200, .old = 500},
        {"study_form", EJ_CHOICE, .old = 1, .is_required = 1,
         .words = "full mixed extramural"},
        {"languages", EJ_LINE, .max = 100, .old = 500},
        {"is_day_group", EJ_FLAG, .old = 1},
        {"is_repeater", EJ_FLAG, .old = 1},
        {"health_group", EJ_CHOICE, .old = 1, .words = "1 2 3 4 5"},
        {"sport_group", EJ_CHOICE, .old = 1,
         .words = "main light special_a special_b exempt"},
        {"advice", EJ_LINE, .max = 200, .old = 500},
        {"old_file_id", EJ_ID},
        {"is_photo_removed", EJ_FLAG},
        {0}};
    ej_params_t *p = ej_page_params(c);
    const ej_file_t *file;
    const char *data = NULL;
    EJ_TRY(ej_form_read(p, fields));
    if (!ej_page_file(&file, c, "file")) {
        EJ_TRY(ej_in_bytea(&data, ej_page_pool(c), file));
        ej_params_set(p, "file_name", file->name);
    }
    ej_params_set(p, "data", data);
    ej_page_outcomes(c, "pupil_save", p);
    return ej_page_saved(c, "/pupils/{pupil_id}", p);
}
