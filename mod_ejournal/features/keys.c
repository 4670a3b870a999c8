/* keys.c: a person's own keys, by which programs read the person's pages.
 *
 * Rooms: sql/queries/keys.sql, xslt/keys.xsl, tests/keys/
 * Rules: a key is shown once, by the reply that makes it (no-store); only its
 *        digest is kept; it reads what its person may read, and no page of the
 *        account (core/auth/key.c, sql/objects/keys.sql)
 * Source: INT-01, INT-02
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the own keys. Makes: <keys view="list" done=><key/>…
 * Errors: JE106 422 done is another word than revoked */
ej_err_t *ej_keys_list(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"done", EJ_CHOICE, .words = "revoked"}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *keys = ej_page_node(c);
    const char *done = ej_params_get(p, "done");
    if (done && *done && !ej_page_refused(c))
        ej_page_set(c, keys, "done", done);
    ej_page_view(c, "list");
    ej_page_rows(c, keys, "keys_rows", p);
    return NULL;
}

/* Make a key and show it; no cache keeps the page.
 * Makes: <keys view="made" address=><made key=/>
 * Errors: JE101 … JE106 422 a field is wrong, JE316 409 ten keys are there,
 *         JE350 403 the second factor is wanted again */
ej_err_t *ej_keys_make(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"name", EJ_LINE, .max = 60, .is_required = 1},
        {"days", EJ_CHOICE, .words = "30 90 365", .is_required = 1},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *keys = ej_page_node(c);
    ej_page_view(c, "made");
    ej_page_no_store(c);
    ej_page_set(c, keys, "address", ej_page_address(c));
    ej_page_rows(c, keys, "keys_make", p);
    return NULL;
}

/* Revoke a key. Errors: JE401 404 no such key of this person */
ej_err_t *ej_keys_revoke(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_once(c, "keys_revoke", p);
    return ej_page_see_other(c, "/account/keys?done=revoked", p);
}
