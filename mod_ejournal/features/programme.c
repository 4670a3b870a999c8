/* programme.c: how far the programmes are fulfilled, by class, subject and
 * teacher; for a family by the child's subjects.
 *
 * Rooms: sql/queries/programme.sql, sql/objects/programme.sql,
 *        xslt/programme.xsl, tests/programme/
 * Source: KTP-05, KTP-06
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the teachings: ?year=, ?find= a class, subject or teacher, ?sort=class,
 * subject, teacher or lag, ?lacks=plan those that follow no approved plan,
 * ?page=. Makes: <programme view="list" year= count=
 * …><line/>…<choice/>… Errors: JE102, JE104, JE106 422 */
ej_err_t *ej_programme_list(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"year", EJ_NUMBER, .min = 2000, .max = 2099},
        {"lacks", EJ_CHOICE, .words = "plan"},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    EJ_TRY(ej_page_list(c, "programme_head", "programme_rows", p));
    ej_page_rows(c, ej_page_node(c), "programme_years", p);
    return NULL;
}

/* Show how far the programme of each subject of a pupil is.
 * Makes: <programme view="pupil" pupil_id= name= is_family=><subject/>…
 * Errors: JE401 404 no such pupil, or not yours to see */
ej_err_t *ej_programme_pupil(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *programme = ej_page_row(c, "programme_pupil", p);
    ej_page_rows(c, programme, "programme_subjects", p);
    return NULL;
}
