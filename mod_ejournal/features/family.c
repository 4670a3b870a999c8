/* family.c: what a family may know of one pupil beside the diary: timetable,
 * teachers, terms and holidays, changed marks; ?year= an earlier school year.
 *
 * Rooms: sql/queries/family.sql, xslt/family.xsl, tests/family/
 * Source: DIA-02, DIA-05; ACC-11, ACC-12 (a family reads only its own child:
 *         row policies)
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Queue what all these pages have: the pupil with the class of the year, the
 * other children of the reader, the school years. */
static ej_err_t *begin(ej_node_t **family, ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"year", EJ_NUMBER, .min = 2000, .max = 2099}, {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_page_scope(c, "family_scope");
    *family = ej_page_row(c, "family_head", p);
    ej_page_rows(c, *family, "family_children", p);
    ej_page_rows(c, *family, "family_years", p);
    return NULL;
}

/* Show the week of a pupil, by days.
 * Makes: <family view="timetable" pupil_id= name= year= …><child/>… <choice/>…
 *        <day><item/>…</day>…</family>
 * Errors: JE401 404 no such pupil, or none you may see; JE102 422 */
ej_err_t *ej_family_timetable(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *family;
    EJ_TRY(begin(&family, c, p));
    ej_page_rows(c, family, "family_days", p);
    ej_page_rows(c, family, "family_items", p);
    return NULL;
}

/* Show who teaches a pupil what. Makes: <family view="teachers" …><teacher/>…
 * Errors: as above */
ej_err_t *ej_family_teachers(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *family;
    EJ_TRY(begin(&family, c, p));
    ej_page_rows(c, family, "family_teachers", p);
    return NULL;
}

/* Show terms and holidays of the pupil's class.
 * Makes: <family view="holidays" …><term/>… <holiday/>… Errors: as above */
ej_err_t *ej_family_holidays(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *family;
    EJ_TRY(begin(&family, c, p));
    ej_page_rows(c, family, "family_terms", p);
    ej_page_rows(c, family, "family_holidays", p);
    return NULL;
}

/* Show which marks of a pupil were changed after they had been given, and what
 * became void. Makes: <family view="changes" …><change/>… Errors: as above */
ej_err_t *ej_family_changes(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *family;
    EJ_TRY(begin(&family, c, p));
    ej_page_rows(c, family, "family_changes", p);
    return NULL;
}
