/* consents.c: the register of consent: what guardians signed about a child.
 *
 * Rooms: sql/queries/consents.sql, xslt/consents.xsl, xslt/print/consents.xsl,
 *        tests/consents/
 * Rules: entries are added and never changed; a guardian withdraws alone. Who
 *        refuses the processing of data has a paper family (ej.paper_pupils)
 * Source: LEG-02, LEG-03
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

#define PURPOSES "processing email sms calendar publication"
#define ROWS 400 /* guardians of a class */

/* Read ?purpose=, by default the processing of data. Errors: JE106 */
static ej_err_t *read_purpose(ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"purpose", EJ_CHOICE, .words = PURPOSES}, {0}};
    EJ_TRY(ej_form_read(p, fields));
    const char *purpose = ej_params_get(p, "purpose");
    if (!purpose || !*purpose)
        ej_params_set(p, "purpose", "processing");
    return NULL;
}

/* Queue what the printed form has besides. */
static void print(ej_ctx_t *c, ej_params_t *p)
{
    if (ej_page_is_print(c))
        ej_page_row(c, "consents_print_head", p);
}

/* List the classes with the answers of their guardians, ?purpose=.
 * Makes: <consents view="list" purpose=><class/>… Errors: JE106 422 */
ej_err_t *ej_consents_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(read_purpose(p));
    ej_node_t *consents = ej_page_row(c, "consents_head", p);
    ej_page_rows(c, consents, "consents_classes", p);
    print(c, p);
    return NULL;
}

/* Show the guardians of a class, those without an answer first, ?purpose=.
 * Makes: <consents view="class" class_id= name= purpose= is_mine=
 * done=><guardian/>…
 * Errors: JE106 422, JE401 404 no such class, or not yours */
ej_err_t *ej_consents_class(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(read_purpose(p));
    ej_node_t *consents = ej_page_row(c, "consents_class", p);
    ej_page_rows(c, consents, "consents_guardians", p);
    print(c, p);
    return ej_page_done(c, consents, p);
}

/* Enter the answers of guardians of a class, all for one purpose and of one
 * day.
 * Errors: JE101 … JE106 422 a field is wrong, JE203 422 the day is to come,
 *         JE211 409 no guardian of the child, JE301 403 not yours */
ej_err_t *ej_consents_enter(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"purpose", EJ_CHOICE, .words = PURPOSES, .is_required = 1},
        {"signed_on", EJ_DAY, .is_required = 1},
        {"answer", EJ_PROSE, .max = 20, .ids = 2, .rows = ROWS},
        {"document_no", EJ_PROSE, .max = 40, .ids = 2, .rows = ROWS},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_outcomes(c, "consents_enter", p);
    return ej_page_see_other(
        c, "/classes/{class_id}/consents?purpose={purpose}&done=changed", p);
}

/* Show the register of one pupil; to a guardian the own answers, with a button
 * that withdraws each.
 * Makes: <consents view="pupil" pupil_id= name= is_family= is_paper=
 * done=><own/>…<entry/>… Errors: JE401 404 no such pupil, or not yours */
ej_err_t *ej_consents_pupil(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *consents = ej_page_row(c, "consents_pupil", p);
    ej_page_rows(c, consents, "consents_own", p);
    ej_page_rows(c, consents, "consents_entries", p);
    return ej_page_done(c, consents, p);
}

/* Withdraw one's own consent to a purpose, from today on.
 * Errors: JE101, JE106 422 no purpose, JE401 404 no such pupil */
ej_err_t *ej_consents_withdraw(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"purpose", EJ_CHOICE, .words = PURPOSES, .is_required = 1}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_row(c, "consents_pupil", p); /* JE401 without such a pupil */
    ej_page_outcomes(c, "consents_withdraw", p);
    return ej_page_see_other(c, "/pupils/{pupil_id}/consents?done=changed", p);
}
