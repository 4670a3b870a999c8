/* oneroster.c: what other programs read of a school, as OneRoster 1.2 has it
 * (1EdTech): tokens, the people and classes, the marks. Nothing is written.
 *
 * Rooms: sql/queries/oneroster.sql, xslt/oneroster.xsl, tests/oneroster/
 * Rules: a token opens the rows of its program's school and scopes, and nothing
 *        of families on paper (sql/objects/oneroster_page.sql); it is no
 *        session. Replies and errors are JSON (core/page/api.c)
 * Source: INT-01, FED-06; LEG-03; 1EdTech OneRoster 1.2; RFC 6749 (4.4)
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Say at which address programs read the school, how many programs there are, and
 * how many pupils they find. paper: pupils of families on paper, whom they do not.
 * Makes: <oneroster view="about" address= programs= pupils= paper=/> */
ej_err_t *ej_oneroster_about(ej_ctx_t *c)
{
    ej_node_t *oneroster =
        ej_page_row(c, "oneroster_about", ej_page_params(c));
    ej_page_set(c, oneroster, "address", ej_page_address(c));
    return NULL;
}

/* Send the lists of the school as a ZIP of CSV files, for the administrator.
 * Errors: JE502 503 too many costly pages at once */
ej_err_t *ej_oneroster_csv(ej_ctx_t *c)
{
    EJ_TRY(ej_page_costly(c, EJ_REPORT));
    return ej_page_bundle(c, "oneroster.zip", "oneroster_files",
                          "oneroster_lines", "oneroster_taken");
}

/* Give a program a token for its secret, by Basic or in the form.
 * Makes: {"access_token": …, "token_type": "Bearer", "expires_in": 3600,
 *         "scope": …}
 * Errors: JE182 400 not client_credentials, JE312 401 unknown, or a wrong or
 *         old secret, JE313 400 a scope that it does not have */
ej_err_t *ej_oneroster_token(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"grant_type", EJ_LINE, .max = 40, .is_required = 1},
        {"scope", EJ_LINE, .max = 500},
        {"client_id", EJ_LINE, .max = 64},
        {"client_secret", EJ_LINE, .max = 128},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    if (strcmp(ej_params_get(p, "grant_type"), "client_credentials"))
        return ej_page_err(c, JE182, "grant_type", NULL);
    ej_params_set(p, "client_key", ej_params_get(p, "client_id"));
    ej_page_credentials(c, p);
    ej_page_json(c, "oneroster_token", p);
    return NULL;
}

/* Queue the reply to a request for a list, or for one object of it.
 * Errors: those of the three handlers below */
static ej_err_t *reply(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"limit", EJ_NUMBER, .min = 1, .max = 1000000},
        {"offset", EJ_NUMBER, .min = 0, .max = 100000000},
        {"sort", EJ_LINE, .max = 64},
        {"orderBy", EJ_CHOICE, .words = "asc desc"},
        {"fields", EJ_LINE, .max = 500},
        {0}};
    static const ej_field_t conditions[] = {
        {"filter", EJ_LINE, .max = 500}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, conditions));
    const char *filter = ej_params_get(p, "filter");
    EJ_TRY(ej_form_read(p, fields));
    ej_params_set(p, "filter", NULL);
    if (filter && *filter)
        EJ_TRY(ej_page_filter(c, p, filter));
    ej_page_credentials(c, p);
    ej_page_json(c, "oneroster_page", p);
    return NULL;
}

/* Give a page of a list: ?limit= (100, at most 1000), offset=, sort=, orderBy=,
 * filter=, fields=.
 * Makes: {"users": [{"sourcedId": …, …}, …]}, X-Total-Count and Link
 * Errors: JE180 JE181 400, JE102 JE104 JE106 422 wrong conditions, JE310 401
 *         no token, JE311 403 not in its scopes, JE401 404 no such list */
ej_err_t *ej_oneroster_list(ej_ctx_t *c)
{
    return reply(c);
}

/* Give one object of a list. Makes: {"user": {…}}
 * Errors: as ej_oneroster_list; JE401 404 no such object */
ej_err_t *ej_oneroster_show(ej_ctx_t *c)
{
    return reply(c);
}

/* Give a page of the objects that belong to another: the students of a class.
 * Makes and errors: as ej_oneroster_list */
ej_err_t *ej_oneroster_within(ej_ctx_t *c)
{
    return reply(c);
}
