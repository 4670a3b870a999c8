/* remarks.c: what teachers write to one pupil and the family: a recommendation,
 * praise, a remark on conduct.
 *
 * Rooms: sql/queries/remarks.sql, sql/objects/remarks.sql, xslt/remarks.xsl,
 *        tests/remarks/
 * Rules: written by the pupil's teachers and class teacher, changed and removed
 *        by the author alone; read by the family, the class teacher and the
 *        heads
 * Source: JRN-09, DIA-02
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The form of a remark that is changed. */
static const ej_field_t fields[] = {
    {"kind", EJ_CHOICE, .is_required = 1, .old = 20,
     .words = "recommendation praise conduct"},
    {"note", EJ_PROSE, .max = 1000, .old = 2000, .is_required = 1},
    {"is_removed", EJ_FLAG},
    {"pupil_id", EJ_ID}, /* whose page leads back */
    {0}};

/* Show the remarks to a pupil and, to the pupil's teachers and class teacher,
 * the form of a new one. Makes: <remarks view="list" pupil_id= name= is_mine=
 * done=><remark/>… Errors: JE401 404 no such pupil, or not yours */
ej_err_t *ej_remarks_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *remarks = ej_page_row(c, "remarks_head", p);
    ej_page_rows(c, remarks, "remarks_rows", p);
    return ej_page_done(c, remarks, p);
}

/* Write a remark. Errors: JE101, JE104, JE106 422 a field is wrong, JE301 403
 * not a pupil whom the writer teaches or leads */
ej_err_t *ej_remarks_add(ej_ctx_t *c)
{
    static const ej_field_t new_fields[] = {
        {"kind", EJ_CHOICE, .is_required = 1,
         .words = "recommendation praise conduct"},
        {"note", EJ_PROSE, .max = 1000, .is_required = 1},
        {0}};
    return ej_page_save(c, new_fields, "remarks_add",
                        "/pupils/{pupil_id}/remarks");
}

/* Show the form of a remark. Makes: <remarks view="show" remark_id= …>
 * Errors: JE401 404 no such remark, or not written by the reader */
ej_err_t *ej_remarks_show(ej_ctx_t *c)
{
    ej_page_row(c, "remarks_show", ej_page_params(c));
    return NULL;
}

/* Change or remove a remark. Errors: as ej_remarks_add, JE210 409 changed
 * meanwhile */
ej_err_t *ej_remarks_save(ej_ctx_t *c)
{
    return ej_page_save(c, fields, "remarks_save",
                        "/pupils/{pupil_id}/remarks");
}
