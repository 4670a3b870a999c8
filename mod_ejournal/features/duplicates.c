/* duplicates.c: two records of one person are merged into one.
 *
 * Rooms: sql/queries/duplicates.sql, xslt/duplicates.xsl, tests/duplicates/
 * Rules: the administrator compares two records and chooses the one to keep;
 *        the rows of the other are moved to it (sql/objects/duplicates.sql)
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the records that are alike, and the last merges.
 * Makes: <duplicates view="list"><pair kind= first_id= second_id= …/>…
 *        <merge …/>… */
ej_err_t *ej_duplicates_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_rows(c, ej_page_node(c), "duplicates_pairs", p);
    ej_page_rows(c, ej_page_node(c), "duplicates_merges", p);
    return NULL;
}

/* Show two records side by side.
 * Makes: <duplicates view="show" kind= first_id= second_id= first= second=>
 *        <fact fact= first= second=/>… <hindrance kept_id= fact=/>…
 * Errors: JE401 404 no such records */
ej_err_t *ej_duplicates_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *pair = ej_page_row(c, "duplicates_head", p);
    ej_page_rows(c, pair, "duplicates_facts", p);
    ej_page_rows(c, pair, "duplicates_hindrances", p);
    return NULL;
}

/* Merge the two records: kept_id stays.
 * Errors: JE101 422 no record was chosen, JE224 409 they cannot be merged, each
 *         field is a fact that prevents it, JE301 403 not yours */
ej_err_t *ej_duplicates_merge(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"kept_id", EJ_ID, .is_required = 1},
                                        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "duplicates_merge", p);
    return ej_page_see_other(c, "/duplicates", p);
}
