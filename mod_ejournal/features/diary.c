/* diary.c: the week as in a paper diary; marks by subject.
 *
 * Rooms: sql/queries/diary.sql, xslt/diary.xsl, tests/diary/
 * Source: DIA-01, DIA-02; FIN-01 (the year); ACC-11, ACC-12 (a family reads
 * only its own child: row policies) SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

static ej_err_t *week(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {{"week_on", EJ_DAY}, {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_page_view(c, "week");
    ej_page_revision(c, "diary_revision", p);
    ej_page_scope(c, "diary_scope");
    ej_node_t *diary = ej_page_row(c, "diary_head", p);
    ej_page_rows(c, diary, "diary_children", p);
    if (!ej_params_get(p, "week_on")) {
        ej_page_rows(c, diary, "diary_truancy", p);
        ej_page_rows(c, diary, "diary_away", p);
        ej_page_rows(c, diary, "diary_unseen", p);
        ej_page_rows(c, diary, "diary_news", p);
        ej_page_rows(c, diary, "diary_due", p);
    }
    ej_page_rows(c, diary, "diary_events", p);
    ej_page_rows(c, diary, "diary_receipt", p);
    ej_page_rows(c, diary, "diary_changed", p);
    ej_page_rows(c, diary, "diary_days", p);
    ej_page_rows(c, diary, "diary_lessons", p);
    ej_page_rows(c, diary, "diary_moved", p);
    ej_page_rows(c, diary, "diary_homework", p);
    ej_page_rows(c, diary, "diary_day_homework", p);
    ej_page_rows(c, diary, "diary_marks", p);
    return NULL;
}

/* Show the week of the reader's first child, or of a pupil the own week.
 * Without week_on it is this week, and before it stand the news since the
 * reader's last day here and the next school day's homework. Makes: <diary
 * pupil_id= week_on= …><child/>… <news/>… <due/>… <event/>… <day><lesson>
 * <homework/><mark/></lesson>… <homework subject_name=/>…</day>…
 * Errors: JE401 404 the reader has no child and is no pupil */
ej_err_t *ej_diary_own(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_params_set(p, "pupil_id", NULL);
    return week(c, p);
}

/* Show the week of one pupil. Makes and errors: as above. */
ej_err_t *ej_diary_week(ej_ctx_t *c)
{
    return week(c, ej_page_params(c));
}

/* Show the marks of one pupil in a term by subject, with the mean of each; for
 * the year the final marks of its terms. ?year= an earlier school year.
 * Makes: <diary view="marks" year= …><term/>… <choice/>… <subject
 *        mean=><mark/>…</subject>…
 *        or <diary view="marks" is_year="1" …> <subject><final/>…</subject>…
 * Errors: JE102 422 no year, JE401 404 no such pupil, or none you may see */
ej_err_t *ej_diary_marks(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"term_id", EJ_ID}, {"year", EJ_NUMBER, .min = 2000, .max = 2099}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_revision(c, "diary_revision", p);
    ej_node_t *diary = ej_page_row(c, "diary_marks_head", p);
    ej_page_rows(c, diary, "diary_children", p);
    ej_page_rows(c, diary, "diary_terms", p);
    ej_page_rows(c, diary, "diary_years", p);
    ej_page_rows(c, diary, "diary_subjects", p);
    ej_page_rows(c, diary, "diary_subject_marks", p);
    ej_page_rows(c, diary, "diary_finals", p);
    return NULL;
}

/* Show who gave and changed the pupil's marks of one work, and when.
 * Makes: <diary view="work" …><change/>…</diary>
 * Errors: JE401 404 no such pupil or work, or none you may see */
ej_err_t *ej_diary_work(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *diary = ej_page_row(c, "diary_work_head", p);
    ej_page_rows(c, diary, "diary_changes", p);
    return NULL;
}
