/* books.c: the class journal of a year as one document, on paper and as an
 * archive.
 *
 * Rooms: sql/queries/books.sql, sql/objects/books.sql, xslt/books.xsl,
 *        xslt/print/books.xsl, tests/books/
 * Rules: a book is of the journals, sheets and findings that other pages print
 *        one by one, by the same queries and sheets; each is a part of its own,
 *        so that memory does not grow with the book. General data come from
 *        the cards of the pupils
 * Source: ARC-05, ARC-06, FED-20, FED-24, requirements 3.1
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

#define SECTIONS 400 /* of a book: journals of its teachings */
#define BOOKS 200    /* of a school */

static const ej_field_t filter[] = {
    {"year", EJ_NUMBER, .min = 2000, .max = 2099},
    {"grade", EJ_NUMBER, .min = 1, .max = 12},
    {0}};

/* List the classes of a year whose books the reader may print.
 * Makes: <books view="list" year= grade=><year/>…<class/>… */
ej_err_t *ej_books_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, filter));
    ej_node_t *books = ej_page_row(c, "books_list", p);
    ej_page_rows(c, books, "books_years", p);
    ej_page_rows(c, books, "books_classes", p);
    return NULL;
}

/* The values of an attribute of the children with this name, in their order. */
static apr_array_header_t *values(ej_ctx_t *c, ej_node_t *node,
                                  const char *child, const char *name)
{
    apr_array_header_t *found =
        apr_array_make(ej_page_pool(c), 32, sizeof(char *));
    for (ej_node_t *one = ej_xml_child(node, child); one;
         one = ej_xml_next(one, child))
        APR_ARRAY_PUSH(found, const char *) =
            apr_pstrdup(ej_page_pool(c), ej_xml_get(one, name));
    return found;
}

/* ----------------------------------------------------------------- parts -- */

/* Add title and contents; set *journals and *terms to the ids of the journals
 * and terms that follow. */
static ej_err_t *add_contents(ej_ctx_t *c, ej_params_t *p,
                              apr_array_header_t **journals,
                              apr_array_header_t **terms)
{
    ej_node_t *book = ej_page_row(c, "books_head", p);
    ej_page_rows(c, book, "books_sections", p);
    ej_page_rows(c, book, "books_terms", p);
    EJ_TRY(ej_page_run(c));
    *journals = values(c, book, "section", "journal_id");
    *terms = values(c, book, "term", "term_id");
    ej_params_set(p, "today_on",
                  apr_pstrdup(ej_page_pool(c), ej_xml_get(book, "today_on")));
    return ej_page_part(
        c, apr_pstrdup(ej_page_pool(c), ej_xml_get(book, "file_name")));
}

/* Add the spreads of one journal, with its number in the contents. */
static ej_err_t *add_journal(ej_ctx_t *c, ej_params_t *p, const char *id,
                             int number)
{
    ej_node_t *book = ej_page_node(c);
    ej_params_set(p, "journal_id", id);
    ej_page_rows(c, book, "books_print_journal", p);
    EJ_TRY(ej_page_run(c));
    ej_node_t *journal = ej_xml_child(book, "journal");
    if (!journal)
        return NULL;
    ej_page_set(c, journal, "section", apr_itoa(ej_page_pool(c), number));
    ej_page_rows(c, journal, "journal_print_heads", p);
    ej_page_rows(c, journal, "journal_print_lessons", p);
    ej_page_rows(c, journal, "journal_print_pupils", p);
    ej_page_rows(c, journal, "journal_print_cells", p);
    ej_page_rows(c, journal, "journal_print_terms", p);
    return ej_page_part(c, NULL);
}

/* Add the consolidated sheet of attendance in one term or the year (3.3). */
static ej_err_t *add_attendance(ej_ctx_t *c, ej_params_t *p, const char *id)
{
    ej_node_t *book = ej_page_node(c);
    ej_params_set(p, "term_id", id);
    ej_page_rows(c, book, "books_print_attendance", p);
    EJ_TRY(ej_page_run(c));
    ej_node_t *attendance = ej_xml_child(book, "attendance");
    if (!attendance)
        return NULL;
    ej_page_rows(c, attendance, "attendance_terms", p);
    ej_page_rows(c, attendance, "attendance_missed", p);
    return ej_page_part(c, NULL);
}

/* Add the consolidated sheet of term marks: the report finals (3.2). */
static ej_err_t *add_finals(ej_ctx_t *c, ej_params_t *p)
{
    static const char *const hidden[] = {"filter", "tables", NULL};
    ej_node_t *book = ej_page_node(c);
    ej_page_rows(c, book, "books_print_finals", p);
    EJ_TRY(ej_page_run(c));
    ej_node_t *reports = ej_xml_child(book, "reports");
    if (!reports)
        return NULL;
    ej_params_set(p, "report_key", "finals");
    for (int i = 0; hidden[i]; i++) {
        ej_params_set(
            p, hidden[i],
            apr_pstrdup(ej_page_pool(c), ej_xml_get(reports, hidden[i])));
        ej_page_set(c, reports, hidden[i], NULL);
    }
    ej_page_rows(c, reports, "reports_tables", p);
    ej_page_rows(c, reports, "reports_columns", p);
    ej_page_rows(c, reports, "reports_lines", p);
    ej_page_rows(c, reports, "reports_cells", p);
    ej_page_rows(c, reports, "reports_print_names", p);
    return ej_page_part(c, NULL);
}

/* Add general data, findings and the last page. */
static ej_err_t *add_end(ej_ctx_t *c, ej_params_t *p)
{
    ej_node_t *book = ej_page_row(c, "books_head", p);
    ej_page_set(c, book, "is_end", "1");
    ej_page_rows(c, book, "books_print_general", p);
    ej_page_rows(c, book, "books_print_findings", p);
    return ej_page_part(c, NULL);
}

/* Add all parts of the book of the class {class_id}. */
static ej_err_t *add_book(ej_ctx_t *c, ej_params_t *p)
{
    apr_array_header_t *journals, *terms;
    EJ_TRY(add_contents(c, p, &journals, &terms));
    for (int i = 0; i < journals->nelts && i < SECTIONS; i++)
        EJ_TRY(
            add_journal(c, p, APR_ARRAY_IDX(journals, i, const char *), i + 1));
    for (int i = 0; i < terms->nelts; i++)
        EJ_TRY(add_attendance(c, p, APR_ARRAY_IDX(terms, i, const char *)));
    EJ_TRY(add_finals(c, p));
    return add_end(c, p);
}

/* Show what the book of a class has; printed, the book.
 * Makes: <books view="show" class_id= name= …><section/>…<term/>…; printed, in
 *        parts, <journal/> …, <attendance/> …, <reports/>, <general/>…
 * Errors: JE401 404 no such class, or not yours */
ej_err_t *ej_books_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    if (ej_page_is_print(c)) {
        EJ_TRY(ej_page_costly(c, EJ_BOOK));
        return add_book(c, p);
    }
    ej_node_t *books = ej_page_row(c, "books_head", p);
    ej_page_rows(c, books, "books_sections", p);
    ej_page_rows(c, books, "books_terms", p);
    return NULL;
}

/* Send the book as an archive: HTML, XML and their digests.
 * Errors: JE401 404 no such class, or not yours */
ej_err_t *ej_books_archive(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_page_costly(c, EJ_BOOK));
    EJ_TRY(ej_page_archive(c, apr_pstrcat(ej_page_pool(c), "journal-",
                                          ej_params_get(p, "class_id"), ".zip",
                                          NULL)));
    return add_book(c, p);
}

/* Send the books of all classes of a year, or of a grade, as one archive.
 * Errors: JE102 422, JE401 404 no class */
ej_err_t *ej_books_all(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, filter));
    EJ_TRY(ej_page_costly(c, EJ_BOOK));
    ej_node_t *books = ej_page_row(c, "books_list", p);
    ej_page_rows(c, books, "books_classes", p);
    EJ_TRY(ej_page_archive(c, "journals.zip"));
    EJ_TRY(ej_page_run(c));
    apr_array_header_t *classes = values(c, books, "class", "class_id");
    if (!classes->nelts)
        return ej_page_err(c, JE401, NULL, NULL);
    EJ_TRY(ej_page_anew(c));
    for (int i = 0; i < classes->nelts && i < BOOKS; i++) {
        ej_params_set(p, "class_id", APR_ARRAY_IDX(classes, i, const char *));
        EJ_TRY(add_book(c, p));
    }
    return NULL;
}
