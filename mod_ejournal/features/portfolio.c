/* portfolio.c: the portfolio of a pupil: events, achievements outside of the
 * school with their documents, signs of GTO, year marks; certified as a
 * numbered copy.
 *
 * Rooms: sql/queries/portfolio.sql, sql/objects/events.sql, xslt/portfolio.xsl,
 *        xslt/print/portfolio.xsl, tests/portfolio/
 * Rules: read like the pupil's card; the class teacher and deputies enter
 *        achievements (sql/objects/rights_events.sql), which are not of days to
 *        come. Files: sql/objects/file.sql
 * Source: MOD-03
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show the portfolio of a pupil.
 * Makes: <portfolio view="show" pupil_id= … done=><event/>…<achievement/>…
 * <award/>…<mark/>…<copy/>… Errors: JE401 404 no such pupil, or not yours */
ej_err_t *ej_portfolio_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *portfolio = ej_page_row(c, "portfolio_show", p);
    ej_page_rows(c, portfolio, "portfolio_events", p);
    ej_page_rows(c, portfolio, "portfolio_achievements", p);
    ej_page_rows(c, portfolio, "portfolio_awards", p);
    ej_page_rows(c, portfolio, "portfolio_marks", p);
    if (ej_page_is_print(c)) {
        ej_page_rows(c, portfolio, "portfolio_print_signer", p);
        return NULL;
    }
    ej_page_rows(c, portfolio, "portfolio_copies", p);
    return ej_page_done(c, portfolio, p);
}

/* Certify the portfolio: a numbered copy. Errors: as ej_page_freeze. */
ej_err_t *ej_portfolio_certify(ej_ctx_t *c)
{
    return ej_page_freeze(c, "portfolio");
}

/* Show the form of a new achievement. Makes: <portfolio view="new" pupil_id=
 * name=> Errors: JE401 404 no such pupil, or not yours to enter for */
ej_err_t *ej_portfolio_new(ej_ctx_t *c)
{
    ej_page_row(c, "portfolio_new", ej_page_params(c));
    return NULL;
}

/* Show the form of an achievement. Makes: <portfolio view="edit"
 * achievement_id= …> Errors: JE401 404 no such one, or not yours to change */
ej_err_t *ej_portfolio_edit(ej_ctx_t *c)
{
    ej_page_row(c, "portfolio_edit", ej_page_params(c));
    return NULL;
}

/* Send the document of an achievement. Errors: JE401 404 none, or not yours */
ej_err_t *ej_portfolio_file(ej_ctx_t *c)
{
    ej_page_download(c, "portfolio_file", ej_page_params(c));
    return NULL;
}

/* Add an achievement (its document as a file is optional), change it or remove
 * it. Errors: JE101 … JE106 422 a field is wrong, JE130 422 another type of
 * file, JE203 422 a day to come, JE210 409 changed meanwhile, JE223 409 too
 * many files of a day, JE301 403 not yours */
ej_err_t *ej_portfolio_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"title", EJ_LINE, .max = 200, .old = 500, .is_required = 1},
        {"organiser", EJ_LINE, .max = 200, .old = 500},
        {"achieved_on", EJ_DAY, .old = 1, .is_required = 1},
        {"level", EJ_CHOICE, .old = 1, .is_required = 1,
         .words = "class school municipal regional national international"},
        {"result", EJ_CHOICE, .old = 1, .is_required = 1,
         .words = "winner prize participant"},
        {"place_no", EJ_NUMBER, .min = 1, .max = 999, .old = 10},
        {"document", EJ_LINE, .max = 200, .old = 500},
        {"mentor", EJ_LINE, .max = 100, .old = 500},
        {"old_file_id", EJ_ID},
        {"is_removed", EJ_FLAG},
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
    ej_page_outcomes(c, "portfolio_save", p);
    return ej_page_see_other(c, "/pupils/{pupil_id}/portfolio?done=changed", p);
}
