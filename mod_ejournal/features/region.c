/* region.c: the figures of the schools of a region, week by week: the sums of
 * the region, its schools beside one another, one indicator in time.
 *
 * Rooms: sql/queries/region.sql, sql/objects/region.sql (counting, hiding),
 *        sql/objects/region_pages.sql, xslt/region.xsl, tests/region/
 * Rules: numbers alone and no person's row; a number under 5 is not shown, nor
 *        one from which it would follow. The job `indicators` counts them
 *        every five minutes
 * Source: INT-04
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

static const ej_field_t chosen[] = {
    {"region_id", EJ_ID}, {"week_on", EJ_DAY}, {0}};

/* Show the indicators of a region in the last week and the one before it;
 * ?region_id= one of the reader's regions.
 * Makes: <region view="show" region_id= region_name= week_on= counted_at=
 *        schools=>
 *        <choice/>…<figure indicator_key= part= whole= pct= …/>…
 * Errors: JE401 404 no role in that region today */
ej_err_t *ej_region_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, chosen));
    ej_node_t *region = ej_page_row(c, "region_head", p);
    ej_page_rows(c, region, "region_choices", p);
    ej_page_rows(c, region, "region_figures", p);
    return NULL;
}

/* List the schools of a region with all indicators of a week: ?region_id=,
 * ?week_on= a day of it, ?find=, ?sort=, ?page=.
 * Makes: <region view="list" …><school school_id= name= filled_pct= …/>…
 * Errors: as ej_region_show; JE102, JE103, JE106 422 no such filter */
ej_err_t *ej_region_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, chosen));
    EJ_TRY(ej_page_list(c, "region_schools_head", "region_schools_rows", p));
    ej_page_rows(c, ej_page_node(c), "region_choices", p);
    return NULL;
}

/* Show one indicator: the sums of the region by week, and its schools in the
 * last eight weeks: ?region_id=, ?find=, ?sort=name or last, ?page=.
 * Makes: <region view="indicator" indicator_key= …><week week_on= part= whole=
 *        pct=/>…<school school_id= name= w1_pct= w1_shown= …/>…
 * Errors: as ej_region_list; JE401 404 no such indicator */
ej_err_t *ej_region_indicator(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, chosen));
    EJ_TRY(
        ej_page_list(c, "region_indicators_head", "region_indicators_rows", p));
    ej_page_rows(c, ej_page_node(c), "region_choices", p);
    ej_page_rows(c, ej_page_node(c), "region_indicators_weeks", p);
    return NULL;
}
