/* control.c: how journals are kept: teachers and classes by duties, and what of
 * a duty is undone.
 *
 * Rooms: sql/queries/control.sql, sql/objects/duty_control.sql,
 *        sql/objects/duty.sql, xslt/control.xsl, tests/control/
 * Rules: a figure counts the rows that its page lists (ej.duty_facts)
 * Source: CTL-01 … CTL-07, CTL-12 … CTL-14
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

#define DAYS                                                                   \
    {"name", EJ_LINE, .max = 40}, {"from_on", EJ_DAY},                         \
    {                                                                          \
        "till_on", EJ_DAY                                                      \
    }

/* Show the matrix of a term (?name=, by default the present one) or of the days
 * ?from_on= to ?till_on=, by teachers or, with ?by=class and always for an
 * observer, by classes. An observer sees classes that are too small only
 * together with others (ej.control_lines).
 * Makes: <control view="staff" or "class" from_on= till_on= …><duty/>…
 *        <line><c/>…</line>…<term/>…
 * Errors: JE103, JE104, JE106, JE132, JE171 422 */
ej_err_t *ej_control_show(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        DAYS, {"by", EJ_CHOICE, .words = "staff class"}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    EJ_TRY(ej_page_costly(c, EJ_REPORT));
    const char *by = ej_params_get(p, "by");
    int is_class =
        !(ej_page_roles(c) & EJ_JOURNAL) || (by && !strcmp(by, "class"));
    ej_page_view(c, is_class ? "class" : "staff");
    ej_page_scope(c, "control_scope");
    ej_node_t *control = ej_page_row(c, "control_head", p);
    if (is_class)
        ej_page_grid(c, control, "control_classes", "control_duties",
                     "control_classes_cells", p);
    else
        ej_page_grid(c, control, "control_staff", "control_duties",
                     "control_staff_cells", p);
    ej_page_rows(c, control, "control_terms", p);
    return NULL;
}

/* List what of a duty is undone: of the teacher ?staff_id=, the class
 * ?class_id=, or all; ?page=.
 * Makes: <control view="duty" duty_key= count= page= …><fact/>…
 * Errors: JE102 … JE106, JE132, JE171 422, JE401 404 no such duty */
ej_err_t *ej_control_duty(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        DAYS,
        {"staff_id", EJ_ID},
        {"class_id", EJ_ID},
        {"page", EJ_NUMBER, .min = 1, .max = 1000},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    EJ_TRY(ej_page_costly(c, EJ_REPORT));
    ej_page_scope(c, "control_scope");
    ej_node_t *control = ej_page_row(c, "control_duty", p);
    ej_page_rows(c, control, "control_rows", p);
    return NULL;
}
