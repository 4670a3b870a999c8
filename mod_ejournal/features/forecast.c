/* forecast.c: the forecast of term marks, from the marks so far: of the school,
 * a class, a pupil; the list of pupils at risk.
 *
 * Rooms: sql/queries/forecast.sql, sql/objects/forecast.sql,
 *        xslt/forecast.xsl, tests/forecast/
 * Rules: the forecast of a day reads nothing that was entered later; families
 *        see it if the school's setting forecast_shown says so
 * Source: REP-25, CTL-09
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

static const ej_field_t day[] = {{"shown_on", EJ_DAY}, {0}};

/* Show the classes of which the reader may read forecasts. The heads may choose
 * an earlier day, ?shown_on=.
 * Makes: <forecast view="school" shown_on= …><class/>…
 * Errors: JE103 422 not a day, JE106 422 an earlier day, but the reader is not
 *         a head, JE171 422 a day to come, or of another year */
ej_err_t *ej_forecast_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, day));
    EJ_TRY(ej_page_costly(c, EJ_REPORT));
    ej_page_view(c, "school");
    ej_page_scope(c, "forecast_scope");
    ej_node_t *forecast = ej_page_row(c, "forecast_show", p);
    ej_page_rows(c, forecast, "forecast_classes", p);
    return NULL;
}

/* List pupils and subjects at risk: ?find= a class, subject, teacher or pupil,
 * ?sort=class, subject, teacher or risk, ?page=, ?shown_on=.
 * Makes: <forecast view="risks" shown_on= count= …><risk/>…
 * Errors: as ej_forecast_show and ej_page_list */
ej_err_t *ej_forecast_risks(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, day));
    EJ_TRY(ej_page_costly(c, EJ_REPORT));
    ej_page_scope(c, "forecast_risks_scope");
    return ej_page_list(c, "forecast_risks_head", "forecast_risks_rows", p);
}

/* Show the forecast of a class, pupil by subject.
 * Makes: <forecast view="class" class_id= …><subject/>…<pupil><c/>…
 * Errors: as ej_forecast_show, JE401 404 no such class, or the reader may not
 *         read the forecast of any of its pupils */
ej_err_t *ej_forecast_class(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, day));
    ej_page_scope(c, "forecast_class_scope");
    ej_node_t *forecast = ej_page_row(c, "forecast_class", p);
    ej_page_grid(c, forecast, "forecast_class_pupils",
                 "forecast_class_subjects", "forecast_class_cells", p);
    return NULL;
}

/* Show the forecast of a pupil by subject, and what is needed for each mark.
 * Makes: <forecast view="pupil" pupil_id= …><subject><chance/>…<way/>…
 * Errors: as ej_forecast_show, JE401 404 no such pupil, or the reader may not
 *         read the forecast */
ej_err_t *ej_forecast_pupil(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, day));
    ej_page_scope(c, "forecast_pupil_scope");
    ej_node_t *forecast = ej_page_row(c, "forecast_pupil", p);
    ej_page_rows(c, forecast, "forecast_subjects", p);
    ej_page_rows(c, forecast, "forecast_chances", p);
    ej_page_rows(c, forecast, "forecast_ways", p);
    return NULL;
}
