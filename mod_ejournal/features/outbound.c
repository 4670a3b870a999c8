/* outbound.c: letters and short messages that left the journal, and what comes
 * back: reports of gateway and mail server, the wish to get no more.
 *
 * Rooms: sql/queries/outbound.sql, xslt/outbound.xsl, tests/outbound/
 * Rules: hooks have no session, the key in the address is the right; a wrong
 *        key is 404 as an unknown address; reports may come twice and late
 *        (sql/objects/outbound_hooks.sql); core/post/ sends
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the letters that the reader may know of; ?find= to whom, ?state=.
 * Makes: <outbound view="list" find= state= can_set= done=><pause/>… <spent/>
 *        <letter/>… */
ej_err_t *ej_outbound_list(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"find", EJ_LINE, .max = 100},
        {"state", EJ_CHOICE,
         .words = "waiting sending sent deferred failed unknown cancelled"},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *outbound = ej_page_row(c, "outbound_head", p);
    ej_page_rows(c, outbound, "outbound_pauses", p);
    ej_page_rows(c, outbound, "outbound_spent", p);
    ej_page_rows(c, outbound, "outbound_rows", p);
    return ej_page_done(c, outbound, p);
}

/* Send a letter once more.
 * Errors: JE401 404 not to be repeated, or not yours */
ej_err_t *ej_outbound_retry(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_exec(c, "outbound_retry", p);
    return ej_page_see_other(c, "/outbound?done=changed", p);
}

/* Make the address for the mail server's reports and show it once.
 * Makes: <outbound view="made" address=><made key=/> */
ej_err_t *ej_outbound_made(ej_ctx_t *c)
{
    ej_node_t *outbound = ej_page_node(c);
    ej_page_no_store(c);
    ej_page_rows(c, outbound, "outbound_hook", ej_page_params(c));
    EJ_TRY(ej_page_run(c));
    ej_page_set(c, outbound, "address",
                apr_pstrcat(ej_page_pool(c), ej_page_address(c), "/bounces/",
                            ej_xml_child_get(outbound, "made", "key"), NULL));
    return NULL;
}

/* Take a report of the gateway about a short message.
 * Errors: JE401 404 no such message; JE101, JE102 422 no status */
ej_err_t *ej_outbound_report(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"status", EJ_NUMBER, .min = 0, .max = 1000, .is_required = 1}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_row(c, "outbound_report", p);
    return NULL;
}

/* Take a letter that came back to the journal's address.
 * Errors: JE401 404 a wrong key; JE101 422 no letter */
ej_err_t *ej_outbound_bounce(ej_ctx_t *c)
{
    const char *bytes;
    const ej_file_t *file;
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_page_file(&file, c, "message"));
    EJ_TRY(ej_in_bytea(&bytes, ej_page_pool(c), file));
    ej_params_set(p, "message", bytes);
    ej_page_row(c, "outbound_bounce", p);
    ej_page_view(c, "report");
    return NULL;
}

/* Ask whether such letters shall end: programs that scan letters open links.
 * Makes: <outbound view="ask" school_name= channel= is_ended=>
 * Errors: JE401 404 a wrong key */
ej_err_t *ej_outbound_ask(ej_ctx_t *c)
{
    ej_page_row(c, "outbound_ask", ej_page_params(c));
    return NULL;
}

/* End such letters (RFC 8058: one POST, from the reader's mail program too).
 * Errors: JE401 404 a wrong key */
ej_err_t *ej_outbound_end(ej_ctx_t *c)
{
    ej_page_row(c, "outbound_end", ej_page_params(c));
    ej_page_view(c, "ask");
    return NULL;
}
