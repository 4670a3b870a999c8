/* feeds.c: calendars for telephones, at secret addresses: lessons; of a pupil
 * also control works, events, holidays, and when homework is due.
 *
 * Rooms: sql/queries/feeds.sql, xslt/feeds.xsl, tests/feeds/
 * Rules: an address is shown once, by the reply that makes it (no-store); only
 *        its digest is kept; a wrong address and a revoked one are the same
 *        404; that of a pupil needs a guardian's consent, and ends with it
 *        (sql/objects/feeds.sql)
 * Source: SCH-07, LEG-02
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Read the owner of a timetable: one of three ids. */
static ej_err_t *read_whose(ej_params_t *p)
{
    static const ej_field_t fields[] = {
        {"staff_id", EJ_ID}, {"pupil_id", EJ_ID}, {"class_id", EJ_ID}, {0}};
    return ej_form_read(p, fields);
}

/* List the timetables that the reader may have, with the time at which the
 * address of each was made; ?class_id= is the chosen class.
 * Makes: <feeds view="list" class_id= done=ended|withdrawn><feed staff_id= |
 *        pupil_id= | class_id= name= made_at= is_agreed= is_guardian=
 *        is_paper=/>…<class class_id= name=/>… */
ej_err_t *ej_feeds_list(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"class_id", EJ_ID},
        {"done", EJ_CHOICE, .words = "ended withdrawn"},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *feeds = ej_page_node(c);
    ej_page_set(c, feeds, "class_id", ej_params_get(p, "class_id"));
    const char *done = ej_params_get(p, "done");
    if (done && *done)
        ej_page_set(c, feeds, "done", done);
    ej_page_rows(c, feeds, "feeds_rows", p);
    ej_page_rows(c, feeds, "feeds_classes", p);
    return NULL;
}

/* Whether the form sent this flag. */
static int is_set(const ej_params_t *p, const char *name)
{
    return *ej_params_get(p, name) == 't';
}

/* Make an address, with the reader's consent if the form gives it, and show it
 * as text and QR code; no cache keeps the page. */
static ej_err_t *show_address(ej_ctx_t *c, ej_params_t *p)
{
    if (is_set(p, "is_agreed"))
        ej_page_exec(c, "feeds_agree", p);
    ej_node_t *feeds = ej_page_node(c);
    ej_page_view(c, "made");
    ej_page_no_store(c);
    ej_page_rows(c, feeds, "feeds_make", p);
    EJ_TRY(ej_page_run(c));
    const char *address = apr_pstrcat(
        ej_page_pool(c), ej_page_address(c), "/feeds/",
        ej_xml_child_get(feeds, "made", "token"), "/timetable.ics", NULL);
    ej_page_set(c, feeds, "address", address);
    return ej_qr_set(c, feeds, address);
}

/* Make the address of a timetable, which ends an earlier one, or revoke it; of
 * a child also with the reader's consent, or withdrawing that.
 * Makes: <feeds view="made" address= path= modules=>
 * Errors: JE101 422 no class chosen, JE301 403 no guardian's consent, JE401 404
 *         you may not have it */
ej_err_t *ej_feeds_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"is_ended", EJ_FLAG},
                                        {"is_agreed", EJ_FLAG},
                                        {"is_withdrawn", EJ_FLAG},
                                        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(read_whose(p));
    EJ_TRY(ej_form_read(p, fields));
    if (!ej_params_get(p, "staff_id") && !ej_params_get(p, "pupil_id") &&
        !ej_params_get(p, "class_id"))
        return ej_page_err(c, JE101, "class_id", NULL);
    if (is_set(p, "is_withdrawn")) {
        ej_page_outcomes(c, "feeds_withdraw", p);
        return ej_page_see_other(c, "/feeds?done=withdrawn", p);
    }
    if (!is_set(p, "is_ended"))
        return show_address(c, p);
    ej_page_once(c, "feeds_end", p);
    return ej_page_see_other(c, "/feeds?done=ended", p);
}

/* Send what the calendar of an address has (RFC 5545).
 * Errors: JE401 404 a wrong address, or one that is no longer valid */
ej_err_t *ej_feeds_send(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_scope(c, "feeds_address_scope");
    ej_page_calendar(c, "feeds_head", "feeds_zone", "feeds_events", p);
    return NULL;
}
