/* exchange.c: the register of documents sent to other systems.
 *
 * Rooms: sql/queries/exchange.sql, xslt/exchange.xsl, tests/exchange/
 * Rules: the heads read it, the administrator orders and repeats; a document
 *        is frozen before it is sent, and read here as it was sent, which the
 *        log of access tells (sql/objects/exchange.sql, core/post/exchange.c)
 * Source: INT-01, FED-06, FED-42
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the last documents, and the receivers.
 * Makes: <exchange view="list" is_mine= done=ordered|again><choice/>…<sent/>…
 */
ej_err_t *ej_exchange_list(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"done", EJ_CHOICE, .words = "ordered again"}, {0}};
    ej_params_t *p = ej_page_params(c);
    if (!ej_page_refused(c))
        EJ_TRY(ej_form_read(p, fields));
    ej_node_t *exchange = ej_page_row(c, "exchange_head", p);
    const char *done = ej_params_get(p, "done");
    if (done && *done)
        ej_page_set(c, exchange, "done", done);
    ej_page_rows(c, exchange, "exchange_receivers", p);
    ej_page_rows(c, exchange, "exchange_rows", p);
    return NULL;
}

/* Order a document for a receiver now.
 * Errors: JE101 422 no receiver chosen, JE401 404 no such receiver, JE301
 *         403 not the administrator, JE317 409 it is closed */
ej_err_t *ej_exchange_order(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"receiver_id", EJ_ID, .is_required = 1}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_once(c, "exchange_order", p);
    return ej_page_see_other(c, "/exchange?done=ordered", p);
}

/* Send the document itself as a file.
 * Errors: JE401 404 no such document, or it is not made yet */
ej_err_t *ej_exchange_file(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_download(c, "exchange_file", p);
    ej_page_exec(c, "exchange_opened", p);
    return NULL;
}

/* Send once more what failed or was refused.
 * Errors: JE401 404 no such document, JE301 403 not the administrator, JE318
 *         409 it has not failed */
ej_err_t *ej_exchange_retry(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_once(c, "exchange_retry", p);
    return ej_page_see_other(c, "/exchange?done=again", p);
}
