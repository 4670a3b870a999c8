/* verify.c: whoever holds the paper of a numbered copy checks it, without a
 * log-in.
 *
 * Rooms: sql/queries/verify.sql, sql/objects/extracts.sql, xslt/verify.xsl,
 *        tests/verify/
 * Rules: the address (a QR code on the paper) tells form, number, date, school
 *        and state; the content is opened by the name on the paper, which is
 *        sent in a form: an address in a log opens nothing. Guesses at the name
 *        are slowed as at the log-in
 * Source: ARC-03
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show what the code tells.
 * Makes: <verify view="show" code_key= kind= number= made_on= school_name=
 *        state= …>
 * Errors: JE401 404 no such code */
ej_err_t *ej_verify_show(ej_ctx_t *c)
{
    ej_page_row(c, "verify_show", ej_page_params(c));
    return NULL;
}

/* Count the guess, in a transaction of its own, also at a code that does not
 * exist. */
static ej_err_t *count_guess(ej_ctx_t *c, ej_node_t *verify, const char *kind)
{
    ej_page_rows(c, verify, "verify_try", ej_page_params(c));
    EJ_TRY(ej_page_commit(c));
    return ej_session_guess_wait(c, kind, "holder",
                                 ej_xml_child_get(verify, "guess", "wait_s"));
}

/* Show the copy to whoever knows the name on it; the view is recorded.
 * Errors: JE101 422 no name, JE111 429 wait, JE172 422 not the name,
 *         JE401 404 no such code */
ej_err_t *ej_verify_open(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"holder", EJ_LINE, .max = 100, .is_required = 1}, {0}};
    ej_params_t *p = ej_page_params(c);
    ej_node_t *verify = ej_page_node(c);
    EJ_TRY(ej_form_read(p, fields));
    const char *kind = apr_pstrcat(ej_page_pool(c), "check ",
                                   ej_params_get(p, "code_key"), NULL);
    EJ_TRY(ej_session_guess_check(c, kind, "holder"));
    EJ_TRY(count_guess(c, verify, kind));
    ej_page_row(c, "verify_show", p);
    ej_page_rows(c, verify, "verify_open", p);
    EJ_TRY(ej_page_run(c));
    ej_node_t *copy = ej_xml_child(verify, "copy");
    return copy ? ej_page_thaw(c, copy) : ej_page_err(c, JE172, "holder", NULL);
}
