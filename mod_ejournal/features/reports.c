/* reports.c: reports: figures of classes, pupils and teachers, and the rows of
 * which each figure is made.
 *
 * Rooms: sql/queries/reports.sql, sql/objects/reports*.sql,
 *        sql/objects/formula.sql, xslt/reports.xsl, xslt/print/reports.xsl and
 *        reports_<report_key>.xsl, tests/reports/
 * Rules: the figures of a report are counted once (reports_scope), and shown by
 *        the same sheet in every format; a report is added in SQL and words
 * Source: REP-01 … REP-30, requirements 3.2 … 3.10
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The filter of a report. All are optional; the report says which it offers. */
static const ej_field_t filter[] = {
    {"year", EJ_NUMBER, .min = 2000, .max = 2099},
    {"term_id", EJ_ID},
    {"from_on", EJ_DAY},
    {"till_on", EJ_DAY},
    {"level", EJ_CHOICE, .words = "1 5 10"},
    {"grade", EJ_NUMBER, .min = 1, .max = 12},
    {"class_id", EJ_ID},
    {"subject_id", EJ_ID},
    {"staff_id", EJ_ID},
    {0}};

/* List the reports that the reader may open.
 * Makes: <reports view="list" count=><report report_key= place= reach=/>… */
ej_err_t *ej_reports_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *reports = ej_page_row(c, "reports_head", p);
    ej_page_rows(c, reports, "reports_list", p);
    return NULL;
}

/* Show a report.
 * Makes: <reports view="show" report_key= …><choice/>…
 *        <table><column/>…<line><c/>…</line>…</table>… and, printed, <person/>…
 * Errors: JE102, JE103, JE106, JE132, JE171 422 no such filter here
 *         JE401 404 no such report, or not yours to open */
ej_err_t *ej_reports_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, filter));
    EJ_TRY(ej_page_costly(c, EJ_REPORT));
    ej_page_scope(c, "reports_scope");
    ej_node_t *reports = ej_page_row(c, "reports_show", p);
    if (ej_page_is_print(c)) {
        ej_page_form(c, ej_params_get(p, "report_key"));
        ej_page_row(c, "reports_print_more", p);
        ej_page_row(c, "reports_print_whose", p);
    }
    ej_page_rows(c, reports, "reports_choices", p);
    ej_page_rows(c, reports, "reports_tables", p);
    ej_page_rows(c, reports, "reports_columns", p);
    ej_page_rows(c, reports, "reports_lines", p);
    ej_page_rows(c, reports, "reports_cells", p);
    if (ej_page_is_print(c))
        ej_page_rows(c, reports, "reports_print_names", p);
    return NULL;
}

/* Show the rows of which a number of a report is made: ?name= the table (by
 * default the first), ?line= and ?column= of the number, and the filter.
 * Makes: <reports view="rows" line= column= amount= …><row/>…
 * Errors: as ej_reports_show */
ej_err_t *ej_reports_rows(ej_ctx_t *c)
{
    static const ej_field_t number[] = {{"name", EJ_LINE, .max = 40},
                                        {"line", EJ_LINE, .max = 80},
                                        {"column", EJ_LINE, .max = 40},
                                        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, filter));
    EJ_TRY(ej_form_read(p, number));
    EJ_TRY(ej_page_costly(c, EJ_REPORT));
    ej_page_scope(c, "reports_rows_scope");
    return ej_page_list(c, "reports_rows_head", "reports_rows", p);
}

/* Hand in the report of a term: a class teacher hands in that of the class, a
 * teacher the own. It becomes a numbered copy; handing it in again makes no
 * second one.
 * Errors: as ej_reports_show and ej_page_freeze, JE276 409 the term is open,
 *         JE401 404 not a report that is handed in */
ej_err_t *ej_reports_hand(ej_ctx_t *c)
{
    const char *key = ej_params_get(ej_page_params(c), "report_key");
    if (!strcmp(key, "leader"))
        return ej_page_freeze(c, "report_leader");
    if (!strcmp(key, "teachers"))
        return ej_page_freeze(c, "report_teachers");
    return ej_page_err(c, JE401, NULL, NULL);
}
