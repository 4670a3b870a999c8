/* identity.c: the account behind a request, read from its session row.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "auth/identity.h"

#include "db/db.h"
#include "http/request.h"
#include "text/text.h"

static ej_identity_t *read_row(request_rec *r, const ej_result_t *row,
                               const char *digest)
{
    ej_identity_t *found = apr_pcalloc(r->pool, sizeof *found);
    const char *text[12];
    static const char *const names[12] = {
        "account_id",  "roles",       "form_token", "is_shared",
        "person_name", "school_name", "way",        "notices",
        "messages",    "upkeep",      "upkeep_words", "training"};
    for (int i = 0; i < 12; i++) {
        int column = ej_result_column(row, names[i]);
        const char *value = column < 0 ? NULL : ej_result_get(row, 0, column);
        text[i] = apr_pstrdup(r->pool, value ? value : "");
    }
    found->account_id = apr_atoi64(text[0]);
    found->roles = (unsigned)apr_atoi64(text[1]) | EJ_SESSION;
    found->form_token = text[2];
    found->is_shared = text[3][0] == 't';
    found->person = text[4];
    found->school = text[5];
    found->way = text[6];
    found->notices = *text[7] ? text[7] : NULL;
    found->messages = *text[8] ? text[8] : NULL;
    found->upkeep = *text[9] ? text[9] : NULL;
    found->upkeep_words = *text[10] ? text[10] : NULL;
    found->training = *text[11] ? text[11] : NULL;
    found->digest = digest;
    return found;
}

ej_err_t *ej_identity_ask(ej_identity_t **identity, request_rec *r,
                          const char *digest)
{
    ej_result_t *row;
    const char *values[] = {digest, r->useragent_ip};
    EJ_TRY(ej_db_query(&row, r, r->pool, "core_authenticate", values));
    if (!ej_result_rows(row))
        return NULL;
    const char *pending =
        ej_result_get(row, 0, ej_result_column(row, "is_pending"));
    if (pending && *pending == 't') {
        ej_request_of(r)->pending = digest;
        return ej_err(r->pool, JE351, NULL, NULL);
    }
    *identity = read_row(r, row, digest);
    const char *rest =
        ej_result_get(row, 0, ej_result_column(row, "upkeep_rest_s"));
    if (rest && !((*identity)->roles & EJ_ADMINISTRATOR)) {
        ej_err_t *err = ej_err(r->pool, JE511, NULL, NULL);
        err->value = apr_pstrdup(r->pool, rest);
        *identity = NULL;
        return err;
    }
    return NULL;
}

const char *ej_identity_agent(request_rec *r)
{
    const char *agent = apr_table_get(r->headers_in, "User-Agent");
    return agent && ej_text_is_clean(agent, strlen(agent), 0) ? agent : "";
}
