/* acts.c: the school's own rules and orders (LEG-06): list, file, form.
 *
 * Rooms: sql/queries/acts.sql, xslt/acts.xsl, tests/acts/
 * Rules: everybody of the school reads them, families too; administrator and
 *        deputy keep them. Files: sql/objects/file.sql
 * Source: LEG-06
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the acts: ?find=, ?sort=title or signed_on, ?page=.
 * Makes: <acts view="list" count= page= pages= find= sort= is_mine=
 *        done=><act/>… Errors: JE106 422 no such order */
ej_err_t *ej_acts_list(ej_ctx_t *c)
{
    return ej_record_list(c);
}

/* Show the form of one act. Makes: <acts view="show" act_id= title= …>
 * Errors: JE401 404 no such act, or not yours to change */
ej_err_t *ej_acts_show(ej_ctx_t *c)
{
    ej_page_row(c, "acts_show", ej_page_params(c));
    return NULL;
}

/* Send the file of an act. Errors: JE401 404 no such act, or of another school
 */
ej_err_t *ej_acts_file(ej_ctx_t *c)
{
    ej_page_download(c, "acts_file", ej_page_params(c));
    return NULL;
}

/* Add an act with its file, change it (a new file is optional) or remove it.
 * Errors: JE101 … JE105 422 a field is wrong, JE130 422 another type of file,
 *         JE210 409 changed meanwhile, JE212 409 there already */
ej_err_t *ej_acts_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"title", EJ_LINE, .max = 200, .old = 500, .is_required = 1},
        {"number", EJ_LINE, .max = 40, .old = 500},
        {"signed_on", EJ_DAY, .old = 1},
        {"is_public", EJ_FLAG, .old = 1},
        {"old_file_id", EJ_ID},
        {"is_removed", EJ_FLAG},
        {0}};
    ej_params_t *p = ej_page_params(c);
    const ej_file_t *file;
    const char *data = NULL;
    ej_err_t *bad = ej_form_read(p, fields);
    ej_err_t *none = ej_page_file(&file, c, "file");
    if (none && !ej_params_get(p, "act_id"))
        return bad ? bad : none;
    EJ_TRY(bad);
    if (!none) {
        EJ_TRY(ej_in_bytea(&data, ej_page_pool(c), file));
        ej_params_set(p, "file_name", file->name);
    }
    ej_params_set(p, "data", data);
    ej_page_outcomes(c, "acts_save", p);
    return ej_page_saved(c, "/acts", p);
}
