/* clients.c: the programs that may read the school's data, and their secrets.
 *
 * Rooms: sql/queries/clients.sql, xslt/clients.xsl, tests/clients/
 * Rules: the administrator keeps the list, the heads read it; a secret is shown
 *        once, by the reply that makes it (no-store), and only its digest is
 *        kept; an earlier one ends (sql/objects/clients.sql)
 * Source: INT-01, FED-06
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The form. Errors: JE101 … JE104 422 a field is wrong, JE132 422 till_on is
 * before from_on, JE210 409 changed meanwhile, JE212 409 the name is taken */
const ej_field_t ej_clients_fields[] = {
    {"name", EJ_LINE, .max = 100, .old = 500, .is_required = 1},
    {"reads_roster", EJ_FLAG, .old = 1},
    {"reads_demographics", EJ_FLAG, .old = 1},
    {"reads_gradebook", EJ_FLAG, .old = 1},
    {"addresses", EJ_LINE, .max = 200, .old = 500},
    {"from_on", EJ_DAY, .old = 1, .is_required = 1},
    {"till_on", EJ_DAY, .old = 1, .is_required = 1},
    {0}};

/* Make the secret of a program and show it; no cache keeps the page.
 * Makes: <clients view="secret" api_client_id= name= client_key= secret=
 *        address=/>
 * Errors: JE401 404 no such program, or not yours to keep */
ej_err_t *ej_clients_secret(ej_ctx_t *c)
{
    ej_node_t *clients = ej_page_row(c, "clients_secret", ej_page_params(c));
    ej_page_no_store(c);
    ej_page_set(c, clients, "address", ej_page_address(c));
    return NULL;
}
