/* blanks.c: forms to be filled in by hand: the list of a group with empty
 * columns, the sheet of a lesson for a power cut; and who is absent today, by
 * class.
 *
 * Rooms: sql/queries/blanks.sql, xslt/blanks.xsl, xslt/print/blanks.xsl and
 *        blanks_lesson.xsl, tests/blanks/
 * Rules: a group's forms are for those who teach it, its class teacher and the
 *        heads; the absent are those of the classes that the reader leads
 * Source: ARC-04, ATT-04, requirements 3.0
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show the forms of a group; printed, ?kind=list with ?columns= empty columns,
 * or ?kind=lesson.
 * Makes: <blanks view="group" study_group_id= name= …><pupil/>…<subject/>…
 * Errors: JE102, JE106 422, JE401 404 no such group, or not yours */
ej_err_t *ej_blanks_group(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"kind", EJ_CHOICE, .words = "list lesson"},
        {"columns", EJ_NUMBER, .min = 1, .max = 31},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    const char *kind = ej_params_get(p, "kind");
    if (ej_page_is_print(c) && kind)
        ej_page_form(c, kind);
    ej_node_t *blanks = ej_page_row(c, "blanks_print_group", p);
    ej_page_rows(c, blanks, "blanks_pupils", p);
    ej_page_rows(c, blanks, "blanks_teachings", p);
    return NULL;
}

/* Show who was absent on the day ?day_on=, by default today, by class.
 * Makes: <blanks view="absent" day_on= …><class …/>…<absent/>…
 * Errors: JE103 422, JE203 422 a day to come */
ej_err_t *ej_blanks_absent(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"day_on", EJ_DAY}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    if (ej_page_is_print(c))
        ej_page_form(c, "absent");
    ej_node_t *blanks = ej_page_row(c, "blanks_absent", p);
    ej_page_rows(c, blanks, "blanks_classes", p);
    ej_page_rows(c, blanks, "blanks_away", p);
    return NULL;
}
