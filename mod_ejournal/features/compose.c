/* compose.c: FET composes a timetable of the load in the background; the result
 * is compared with the present timetable and accepted from a day on.
 *
 * Rooms: sql/queries/compose.sql, xslt/compose.xsl, tests/compose/
 * Rules: the job is core/job/compose.c; nothing of the timetable changes before
 *        the result is accepted (sql/objects/compose.sql)
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show the form, the progress of the job, and the composed timetable, which is
 * compared with the present one for one class (?class_id=).
 * Makes: <compose can_compose= state= …><class/>… <slot><cell/>…</slot>…
 *        <missing/>… <fault/>…
 * Errors: JE102 422 */
ej_err_t *ej_compose_show(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"class_id", EJ_ID}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *draft = ej_page_row(c, "compose_show", p);
    ej_page_set(c, draft, "can_compose", ej_page_can_compose(c) ? "1" : NULL);
    ej_page_rows(c, draft, "compose_classes", p);
    if (ej_params_get(p, "class_id")) {
        ej_page_rows(c, draft, "compose_slots", p);
        ej_page_rows(c, draft, "compose_cells", p);
    }
    ej_page_rows(c, draft, "compose_missing", p);
    ej_page_rows(c, draft, "compose_faults", p);
    return NULL;
}

/* Order a timetable. */
static ej_err_t *order(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"day_on", EJ_DAY, .is_required = 1},
        {"minutes", EJ_NUMBER, .min = 1, .max = 30, .is_required = 1},
        {0}};
    EJ_TRY(ej_form_read(p, fields));
    if (!ej_page_can_compose(c))
        return ej_page_err(c, JE136, NULL, NULL);
    ej_page_once(c, "compose_order", p);
    return NULL;
}

/* Compare with the present timetable again, from another day. */
static ej_err_t *compare(ej_ctx_t *c, ej_params_t *p)
{
    static const ej_field_t fields[] = {{"day_on", EJ_DAY, .is_required = 1},
                                        {0}};
    EJ_TRY(ej_form_read(p, fields));
    ej_page_once(c, "compose_from", p);
    return NULL;
}

/* Take a step: order, compare again, accept.
 * Errors: JE101 … JE103 422 a field is wrong, JE136 409 no fet-cl, JE171 422
 *         the day is outside of the year, JE210 409 changed since the
 *         comparison, JE215 409 the ordered timetable is not ready, JE401 404
 *         no draft */
ej_err_t *ej_compose_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"step", EJ_CHOICE, .is_required = 1, .words = "order day accept"},
        {0}};
    static const ej_field_t seen[] = {{"version", EJ_LINE, .max = 40}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    char step = ej_params_get(p, "step")[0];
    if (step == 'o')
        EJ_TRY(order(c, p));
    else if (step == 'd')
        EJ_TRY(compare(c, p));
    else {
        EJ_TRY(ej_form_read(p, seen));
        ej_page_outcomes(c, "compose_accept", p);
    }
    return ej_page_see_other(c, "/compose", p);
}
