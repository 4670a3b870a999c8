/* papers.c: what is printed for families: strips of a week for the paper diary,
 * the card of a pupil's term.
 *
 * Rooms: sql/queries/papers.sql, sql/objects/papers.sql, xslt/papers.xsl,
 *        xslt/print/papers.xsl, tests/papers/
 * Rules: the class teacher prints strips; a card is printed by all who read it,
 *        as preliminary while its term is open; then it can be certified
 *        (extracts.c)
 * Source: DIA-09 … DIA-11, requirements 3.4
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

#define PUPILS 60 /* of a class */

/* Show the pupils of a class with the strips of the week of ?week_on= that were
 * printed; paper families are ticked. Printed, the strips themselves.
 * Makes: <papers view="class" class_id= week_on= …><pupil><line/>…</pupil>…
 * Errors: JE103 422, JE401 404 no such class, or not yours */
ej_err_t *ej_papers_class(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"week_on", EJ_DAY}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_scope(c, "papers_scope");
    ej_node_t *papers = ej_page_row(c, "papers_class", p);
    ej_page_rows(c, papers, "papers_pupils", p);
    if (ej_page_is_print(c))
        ej_page_rows(c, papers, "papers_print_strips", p);
    return NULL;
}

/* Record the strips of these pupils, and print them.
 * Errors: JE101, JE102, JE103 422 a field is wrong, JE203 422 a week to come,
 *         JE301 403 not your class */
ej_err_t *ej_papers_print(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"week_on", EJ_DAY, .is_required = 1},
        {"pupil_id", EJ_ID, .rows = PUPILS, .is_set = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "papers_print", p);
    return ej_page_see_other(
        c, "/classes/{class_id}/strips?week_on={week_on}&format=print", p);
}

/* Queue what stands in the tables of the card of pupil_id. */
static void queue_card(ej_ctx_t *c, ej_node_t *papers, ej_params_t *p)
{
    ej_page_rows(c, papers, "papers_subjects", p);
    ej_page_rows(c, papers, "papers_marks", p);
    ej_page_rows(c, papers, "papers_missed", p);
}

/* Print the cards of all pupils of a class in the term ?term_id= (by default
 * the present one), a part each.
 * Makes: <papers view="extract" …>, as ej_papers_extract, for each pupil
 * Errors: JE102 422, JE401 404 no such class, no pupils, or not yours */
ej_err_t *ej_papers_cards(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"term_id", EJ_ID}, {0}};
    apr_array_header_t *pupils =
        apr_array_make(ej_page_pool(c), PUPILS, sizeof(char *));
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *papers = ej_page_row(c, "papers_cards", p);
    ej_page_rows(c, papers, "papers_cards_pupils", p);
    if (!ej_page_is_print(c))
        return ej_page_see_other(c, "/classes/{class_id}/cards?format=print",
                                 p);
    EJ_TRY(ej_page_run(c));
    for (ej_node_t *pupil = ej_xml_child(papers, "pupil"); pupil;
         pupil = ej_xml_next(pupil, "pupil"))
        APR_ARRAY_PUSH(pupils, const char *) =
            apr_pstrdup(ej_page_pool(c), ej_xml_get(pupil, "pupil_id"));
    if (!pupils->nelts)
        return ej_page_err(c, JE401, NULL, NULL);
    EJ_TRY(ej_page_anew(c));
    ej_page_view(c, "extract");
    for (int i = 0; i < pupils->nelts; i++) {
        ej_params_set(p, "pupil_id", APR_ARRAY_IDX(pupils, i, const char *));
        queue_card(c, ej_page_row(c, "papers_extract", p), p);
        EJ_TRY(ej_page_part(c, NULL));
    }
    return NULL;
}

/* Show the marks of a pupil in the term ?term_id= (by default the present one),
 * as they are printed on a card, with the valid copies of it.
 * Makes: <papers view="extract" pupil_id= …><term/>…
 *        <subject><mark/>…</subject>… <missed/> <copy/>…
 * Errors: JE102 422, JE401 404 no such pupil or term, or not yours */
ej_err_t *ej_papers_extract(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"term_id", EJ_ID}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *papers = ej_page_row(c, "papers_extract", p);
    if (!ej_page_is_print(c)) {
        ej_page_rows(c, papers, "papers_terms", p);
        ej_page_rows(c, papers, "papers_copies", p);
    }
    queue_card(c, papers, p);
    return NULL;
}

/* Certify the card of a term: a numbered copy. Errors: as ej_page_freeze. */
ej_err_t *ej_papers_certify(ej_ctx_t *c)
{
    return ej_page_freeze(c, "card");
}
