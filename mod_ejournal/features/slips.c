/* slips.c: activation codes of a class or of the staff, printed as slips.
 *
 * Rooms: sql/queries/slips.sql, xslt/slips.xsl, tests/slips/
 * Rules: a code is shown once, by the reply that makes it (no-store); a new one
 *        withdraws the former (sql/objects/slips.sql)
 * Source: ACC-06 … ACC-10
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show the classes and the staff, with the number of people in each state.
 * Makes: <slips view="list"><class class_id= name= people= …/>… */
ej_err_t *ej_slips_list(ej_ctx_t *c)
{
    ej_page_rows(c, ej_page_node(c), "slips_counts", ej_page_params(c));
    return NULL;
}

/* Show the pupils and parents of a class, and the form that issues codes.
 * Makes: <slips class_id= name= state= is_mine=><person/>…
 * Errors: JE401 404 no such class, or neither yours nor your school's */
ej_err_t *ej_slips_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *slips = ej_page_row(c, "slips_head", p);
    ej_page_rows(c, slips, "slips_people", p);
    return NULL;
}

/* The same for the staff. */
ej_err_t *ej_slips_staff(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *slips = ej_page_row(c, "slips_staff_head", p);
    ej_page_view(c, "show");
    ej_page_rows(c, slips, "slips_people", p);
    return NULL;
}

/* Read the form that issues codes, and make them. */
static ej_err_t *issue(ej_ctx_t *c, ej_node_t *slips)
{
    static const ej_field_t fields[] = {
        {"what", EJ_CHOICE, .words = "all pupil guardian chosen known",
         .is_required = 1},
        {"days", EJ_NUMBER, .min = 1, .max = 92, .is_required = 1},
        {"state", EJ_LINE, .max = 20, .is_required = 1},
        {"learned_on", EJ_DAY},
        {"learned_time", EJ_TIME},
        {"person_id", EJ_ID, .rows = 1000},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    const char *what = ej_params_get(p, "what");
    int is_known = !strcmp(what, "known"); /* others know the log-in */
    int is_chosen = is_known || !strcmp(what, "chosen");
    if (!is_chosen) /* all of the kind who have no code */
        ej_params_set(p, "person_id", NULL);
    else if (!strcmp(ej_params_get(p, "person_id"), "{}"))
        return ej_page_err(c, JE101, "person_id", NULL);
    ej_params_set(p, "kind", is_chosen || !strcmp(what, "all") ? NULL : what);
    ej_params_set(p, "is_known", is_known ? "t" : "f");
    ej_page_view(c, "issued");
    ej_page_rows(c, slips, "slips_issue", p);
    ej_page_set(c, slips, "address", ej_page_address(c));
    ej_page_no_store(c);
    return NULL;
}

/* Issue codes to a class, and show them.
 * Makes: <slips view="issued" address=><slip name= code= code_until=/>…
 * Errors: JE101 422 nobody is chosen, JE102 422 not so many days, JE260 409
 *         issued meanwhile, JE261 409 a parent who is staff, JE262 409 nobody
 *         is without a code, JE301 403 not yours to issue */
ej_err_t *ej_slips_issue(ej_ctx_t *c)
{
    return issue(c, ej_page_row(c, "slips_head", ej_page_params(c)));
}

/* The same for the staff. */
ej_err_t *ej_slips_staff_issue(ej_ctx_t *c)
{
    return issue(c, ej_page_row(c, "slips_staff_head", ej_page_params(c)));
}
