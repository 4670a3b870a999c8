/* social.c: social categories of pupils, and the social passport made of them.
 *
 * Rooms: sql/queries/social.sql, xslt/social.xsl, xslt/print/social.xsl,
 *        tests/social/
 * Rules: class teachers and the heads of the school read the categories;
 *        neither the family nor other teachers do. A category ends, and is
 *        not removed
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Queue what the printed form has besides. */
static void print(ej_ctx_t *c, ej_params_t *p)
{
    if (ej_page_is_print(c))
        ej_page_row(c, "social_print_head", p);
}

/* Show the social passport of the school, or of the reader's own class.
 * Makes: <social view="list" school_name= today_on=><class/>… */
ej_err_t *ej_social_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *social = ej_page_row(c, "social_head", p);
    ej_page_rows(c, social, "social_classes", p);
    print(c, p);
    return NULL;
}

/* Show the social passport of one class, by pupils.
 * Makes: <social view="class" class_id= name=><pupil/>…
 * Errors: JE401 404 no such class, or not yours */
ej_err_t *ej_social_class(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *social = ej_page_row(c, "social_class", p);
    ej_page_rows(c, social, "social_pupils", p);
    print(c, p);
    return NULL;
}

/* Show the categories of one pupil; to whoever may add one, its form.
 * Makes: <social view="pupil" pupil_id= name= is_mine= done=><mark/>…
 * Errors: JE401 404 no such pupil, or not yours */
ej_err_t *ej_social_pupil(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *social = ej_page_row(c, "social_pupil", p);
    ej_page_rows(c, social, "social_categories", p);
    return ej_page_done(c, social, p);
}

/* Show the form of one category.
 * Makes: <social view="show" category_id= pupil_id= pupil= category= …>
 * Errors: JE401 404 no such category, or not yours to change */
ej_err_t *ej_social_show(ej_ctx_t *c)
{
    ej_page_row(c, "social_show", ej_page_params(c));
    return NULL;
}

static const ej_field_t fields[] = {
    {"category", EJ_CHOICE, .old = 1, .is_required = 1,
     .words = "large poor single ward orphan foster disabled needs "
              "parent_disabled hardship risk school_watch police_watch "
              "refugee migrant fighter"},
    {"from_on", EJ_DAY, .old = 1, .is_required = 1},
    {"till_on", EJ_DAY, .old = 1},
    {"paper", EJ_LINE, .max = 200, .old = 500},
    {0}};

/* Add a category to a pupil.
 * Errors: JE101 … JE106 422 a field is wrong, JE132 422 the last day is before
 *         the first, JE212 409 it is there already, JE301 403 not yours */
ej_err_t *ej_social_add(ej_ctx_t *c)
{
    return ej_page_save(c, fields, "social_save",
                        "/pupils/{pupil_id}/categories");
}

/* Change or end a category. Errors: as above; JE210 409 changed meanwhile */
ej_err_t *ej_social_save(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *pair = ej_page_row(c, "social_pair", p);
    EJ_TRY(ej_page_run(c));
    ej_params_set(p, "pupil_id", ej_xml_get(pair, "pupil_id"));
    ej_page_outcomes(c, "social_save", p);
    return ej_page_saved(c, "/pupils/{pupil_id}/categories", p);
}
