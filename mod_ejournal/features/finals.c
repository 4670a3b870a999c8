/* finals.c: the term marks of a journal: on what they are given, what is
 * proposed, saving them with a note.
 *
 * Rooms: sql/queries/finals.sql, sql/objects/journal_finals.sql,
 *        xslt/finals.xsl, tests/finals/
 * Rules: a mark without the number of marks or the works that the school wants
 *        needs a note that says why; the value itself has the rules of the grid
 * Source: FIN-01 … FIN-08
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

#define PUPILS 100 /* of one form */

/* Show the term marks of a journal, a pupil a row.
 * Makes: <finals journal_id= … can_write=><under/>… <term_value/>…
 *        <pupil …><mark/>…<outside/>…</pupil>…
 * Errors: JE401 404 no such journal, or none you may see */
ej_err_t *ej_finals_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_scope(c, "finals_scope");
    ej_node_t *finals = ej_page_row(c, "finals_head", p);
    ej_page_rows(c, finals, "finals_under", p);
    ej_page_rows(c, finals, "finals_values", p);
    ej_page_rows(c, finals, "finals_pupils", p);
    ej_page_rows(c, finals, "finals_marks", p);
    ej_page_rows(c, finals, "finals_outside", p);
    return NULL;
}

/* Save the term marks and notes, then send the browser to the journal.
 * Errors: JE104 … JE108 422 a field is wrong   JE201 409 the term is closed
 *         JE202, JE205 422 not enterable       JE210 409 changed meanwhile
 *         JE291 422 no reason                  JE301 403 not your teaching */
ej_err_t *ej_finals_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"pupil_id", EJ_ID, .is_required = 1, .rows = PUPILS},
        {"old", EJ_LINE, .max = 40, .rows = PUPILS},
        {"value", EJ_LINE, .max = 40, .rows = PUPILS},
        {"old_note", EJ_PROSE, .max = 600, .rows = PUPILS},
        {"note", EJ_PROSE, .max = 500, .rows = PUPILS},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "finals_save", p);
    return ej_page_see_other(c, "/journals/{journal_id}", p);
}
