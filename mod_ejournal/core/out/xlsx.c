/* xlsx.c: writes the tables of a page as XLSX; the only file that uses
 * libxlsxwriter.
 *
 * Numbers, dates and times are written as such; every other cell is text, which
 * no spreadsheet reads as a formula or a date. Each table of a page has its own
 * sheet: columns of marks are narrow, columns of topics wide.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "out/xlsx.h"

#include <apr_file_io.h>
#include <apr_lib.h>
#include <apr_portable.h>
#include <apr_strings.h>
#include <stdlib.h>
#include <xlsxwriter.h>

#include "out/spool.h"
#include "out/table.h"
#include "text/text.h"

#define WIDEST 50          /* characters of a column */
#define NARROWEST 4        /* likewise */
#define SHEET_NAME 124     /* bytes of a sheet name: 31 signs */
#define SHEET_ROWS 1048576 /* of a sheet, at most */

typedef struct {
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *plain, *head, *name, *day, *moment;
    lxw_row_t row; /* the next row to write */
    int widths[EJ_TABLE_COLUMNS];
} writing_t;

static void make_formats(writing_t *w)
{
    w->plain = workbook_add_format(w->book);
    format_set_text_wrap(w->plain);
    format_set_align(w->plain, LXW_ALIGN_VERTICAL_TOP);
    w->head = workbook_add_format(w->book);
    format_set_bold(w->head);
    format_set_text_wrap(w->head);
    format_set_align(w->head, LXW_ALIGN_VERTICAL_TOP);
    w->name = workbook_add_format(w->book);
    format_set_bold(w->name);
    format_set_font_size(w->name, 14);
    w->day = workbook_add_format(w->book);
    format_set_num_format(w->day, "dd.mm.yyyy");
    format_set_align(w->day, LXW_ALIGN_VERTICAL_TOP);
    w->moment = workbook_add_format(w->book);
    format_set_num_format(w->moment, "dd.mm.yyyy hh:mm");
    format_set_align(w->moment, LXW_ALIGN_VERTICAL_TOP);
}

/* Read 2026-11-20 or 2026-11-20T10:00; 0 for anything else. */
static int read_time(lxw_datetime *time, const char *text)
{
    apr_size_t length = strlen(text);
    memset(time, 0, sizeof *time);
    if (length < 10 || text[4] != '-' || text[7] != '-' ||
        (length > 10 && (length < 16 || text[10] != 'T' || text[13] != ':')))
        return 0;
    time->year = atoi(text);
    time->month = atoi(text + 5);
    time->day = atoi(text + 8);
    if (length > 10) {
        time->hour = atoi(text + 11);
        time->min = atoi(text + 14);
    }
    return time->year >= 1900 && time->month >= 1 && time->day >= 1;
}

static lxw_error write_value(const writing_t *w, lxw_col_t column,
                             const ej_cell_t *cell)
{
    lxw_datetime time;
    lxw_format *format = cell->is_head ? w->head : w->plain;
    if (cell->kind == EJ_CELL_NUMBER)
        return worksheet_write_number(w->sheet, w->row, column,
                                      strtod(cell->text, NULL), format);
    if (cell->kind == EJ_CELL_TIME && read_time(&time, cell->text))
        return worksheet_write_datetime(w->sheet, w->row, column, &time,
                                        cell->text[10] ? w->moment : w->day);
    return worksheet_write_string(w->sheet, w->row, column, cell->text, format);
}

/* Merge the cells that a cell spans; they are empty. */
static lxw_error merge(const writing_t *w, lxw_col_t column,
                       const ej_cell_t *cell, int width)
{
    int columns =
        cell->columns < width - column ? cell->columns : width - column;
    if (columns < 2 && cell->rows < 2)
        return LXW_NO_ERROR;
    return worksheet_merge_range(w->sheet, w->row, column,
                                 w->row + (lxw_row_t)cell->rows - 1,
                                 (lxw_col_t)(column + columns - 1), "",
                                 cell->is_head ? w->head : w->plain);
}

/* Widen the column to the length of a cell's text, within bounds. */
static void widen(writing_t *w, int column, const ej_cell_t *cell)
{
    int length = (int)ej_text_length(cell->text);
    if (cell->columns > 1)
        return;
    length = length > WIDEST ? WIDEST : length < NARROWEST ? NARROWEST : length;
    if (w->widths[column] < length)
        w->widths[column] = length;
}

static lxw_error write_row(writing_t *w, const ej_cell_t *cells, int width)
{
    lxw_error fault = LXW_NO_ERROR;
    for (int i = 0; i < width && !fault; i++) {
        if (!cells[i].text)
            continue;
        fault = merge(w, (lxw_col_t)i, &cells[i], width);
        if (!fault)
            fault = write_value(w, (lxw_col_t)i, &cells[i]);
        widen(w, i, &cells[i]);
    }
    w->row++;
    return fault;
}

/* Freeze the head of the table, so that it stays visible while scrolling. */
static void freeze_head(const writing_t *w, const ej_table_t *table)
{
    lxw_row_t heads = 0;
    while ((int)heads < table->rows->nelts &&
           APR_ARRAY_IDX(table->rows, heads, ej_cell_t *)[1].is_head)
        heads++;
    if (heads)
        worksheet_freeze_panes(w->sheet, heads + (table->name ? 1 : 0), 1);
}

/* Add a sheet with the name of the table, up to the first sign that a sheet's
 * name may not have; with the library's name where that is none or taken. */
static void add_sheet(writing_t *w, const ej_table_t *table)
{
    char name[SHEET_NAME + 1] = "";
    const char *from = table->name ? table->name : "";
    apr_size_t length = strcspn(from, "[]:*?/\\,");
    if (length < sizeof name)
        apr_cpystrn(name, from, length + 1);
    int is_free =
        name[0] && workbook_validate_sheet_name(w->book, name) == LXW_NO_ERROR;
    w->sheet = workbook_add_worksheet(w->book, is_free ? name : NULL);
    w->row = 0;
    memset(w->widths, 0, sizeof w->widths);
}

static lxw_error write_table(writing_t *w, const ej_table_t *table)
{
    lxw_error fault = LXW_NO_ERROR;
    add_sheet(w, table);
    if (!w->sheet)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    if (table->name)
        fault =
            worksheet_write_string(w->sheet, w->row++, 0, table->name, w->name);
    for (int i = 0; i < table->rows->nelts && !fault; i++)
        fault = write_row(w, APR_ARRAY_IDX(table->rows, i, ej_cell_t *),
                          table->width);
    for (int i = 0; i < EJ_TABLE_COLUMNS; i++)
        if (w->widths[i])
            worksheet_set_column(w->sheet, (lxw_col_t)i, (lxw_col_t)i,
                                 w->widths[i] + 1, NULL);
    freeze_head(w, table);
    return fault;
}

static lxw_error write_book(const char *file, const apr_array_header_t *tables)
{
    lxw_workbook_options options = {.tmpdir = (char *)ej_spool_dir()};
    writing_t w = {.book = workbook_new_opt(file, &options)};
    lxw_error fault = LXW_NO_ERROR;
    if (!w.book)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    make_formats(&w);
    for (int i = 0; i < tables->nelts && !fault; i++)
        fault = write_table(&w, APR_ARRAY_IDX(tables, i, ej_table_t *));
    lxw_error closed = workbook_close(w.book);
    return fault ? fault : closed;
}

/* Read the file whole. */
static apr_status_t read_back(const char **bytes, apr_size_t *length,
                              apr_pool_t *pool, apr_file_t *file)
{
    apr_finfo_t info;
    apr_off_t start = 0;
    apr_status_t rv = apr_file_info_get(&info, APR_FINFO_SIZE, file);
    if (rv == APR_SUCCESS)
        rv = apr_file_seek(file, APR_SET, &start);
    if (rv != APR_SUCCESS)
        return rv;
    char *made = apr_palloc(pool, (apr_size_t)info.size);
    *bytes = made;
    return apr_file_read_full(file, made, (apr_size_t)info.size, length);
}

/* libxlsxwriter needs a file; the temporary one is deleted before the return.
 */
ej_err_t *ej_xlsx_write(const char **bytes, apr_size_t *length,
                        apr_pool_t *pool, void *html)
{
    const apr_array_header_t *tables = ej_table_read_all(pool, html);
    const char *name;
    apr_file_t *file = NULL;
    if (!tables->nelts)
        return ej_err(pool, JE401, "format", "no table");
    apr_status_t rv = ej_spool_named(&file, &name, APR_FOPEN_DELONCLOSE, pool);
    if (rv != APR_SUCCESS)
        return ej_err(pool, JE500, NULL, "no temporary file");
    lxw_error fault = write_book(name, tables);
    rv = fault ? APR_EGENERAL : read_back(bytes, length, pool, file);
    apr_file_close(file);
    return rv == APR_SUCCESS
               ? NULL
               : ej_err(pool, JE500, NULL,
                        fault ? lxw_strerror(fault) : "workbook not read back");
}

/* ----------------------------------------------------- many rows at a time */

struct ej_xlsx_t {
    apr_pool_t *pool;
    writing_t w;
    const char *file;
    int is_open;
};

/* Free the workbook of a request that ended early (pool cleanup). */
static apr_status_t drop_book(void *book_)
{
    ej_xlsx_t *book = book_;
    if (book->is_open)
        lxw_workbook_free(book->w.book);
    book->is_open = 0;
    return APR_SUCCESS;
}

/* libxlsxwriter wants a name: that of the descriptor, since the file itself has
 * none any more. */
ej_err_t *ej_xlsx_open(ej_xlsx_t **made, apr_pool_t *pool, apr_file_t *file)
{
    int fd;
    ej_xlsx_t *book = apr_pcalloc(pool, sizeof *book);
    apr_os_file_get(&fd, file);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE,
                                    .tmpdir = (char *)ej_spool_dir()};
    book->pool = pool;
    book->file = apr_psprintf(pool, "/proc/self/fd/%d", fd);
    book->w.book = workbook_new_opt(book->file, &options);
    if (!book->w.book)
        return ej_err(pool, JE500, NULL, "no workbook");
    book->is_open = 1;
    apr_pool_cleanup_register(pool, book, drop_book, apr_pool_cleanup_null);
    make_formats(&book->w);
    *made = book;
    return NULL;
}

static void set_widths(writing_t *w)
{
    for (int i = 0; w->sheet && i < EJ_TABLE_COLUMNS; i++)
        if (w->widths[i])
            worksheet_set_column(w->sheet, (lxw_col_t)i, (lxw_col_t)i,
                                 w->widths[i] + 1, NULL);
}

ej_err_t *ej_xlsx_rows(ej_xlsx_t *book, const ej_table_t *table, int from)
{
    writing_t *w = &book->w;
    lxw_error fault = LXW_NO_ERROR;
    for (int i = from; i < table->rows->nelts && !fault; i++) {
        if (!w->sheet || w->row >= SHEET_ROWS) {
            set_widths(w);
            add_sheet(w, table);
            if (!w->sheet)
                return ej_err(book->pool, JE500, NULL, "no sheet");
            if (i == 0)
                freeze_head(w, table);
        }
        fault = write_row(w, APR_ARRAY_IDX(table->rows, i, ej_cell_t *),
                          table->width);
    }
    return fault ? ej_err(book->pool, JE510, NULL, lxw_strerror(fault)) : NULL;
}

ej_err_t *ej_xlsx_close(ej_xlsx_t *book)
{
    set_widths(&book->w);
    book->is_open = 0;
    lxw_error fault = workbook_close(book->w.book);
    return fault ? ej_err(book->pool, JE510, NULL, lxw_strerror(fault)) : NULL;
}
