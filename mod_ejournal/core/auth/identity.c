/* identity.c: the account behind a request, read from its session row.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "auth/identity.h"

#include "db/db.h"
#include "http/request.h"
#include "text/text.h"

/* A column of the row, copied into the request's pool; NULL: it is empty. */
static const char *column(request_rec *r, const ej_result_t *row,
                          const char *name)
{
    int n = ej_result_column(row, name);
    const char *value = n < 0 ? NULL : ej_result_get(row, 0, n);
    return value && *value ? apr_pstrdup(r->pool, value) : NULL;
}

/* Likewise; "" if it is empty. */
static const char *text(request_rec *r, const ej_result_t *row,
                        const char *name)
{
    const char *value = column(r, row, name);
    return value ? value : "";
}

static ej_identity_t *read_row(request_rec *r, const ej_result_t *row,
                               const char *digest)
{
    ej_identity_t *found = apr_pcalloc(r->pool, sizeof *found);
    found->account_id = apr_atoi64(text(r, row, "account_id"));
    found->roles = (unsigned)apr_atoi64(text(r, row, "roles")) | EJ_SESSION;
    found->form_token = text(r, row, "form_token");
    found->is_shared = *text(r, row, "is_shared") == 't';
    found->person = text(r, row, "person_name");
    found->school = text(r, row, "school_name");
    found->way = text(r, row, "way");
    found->notices = column(r, row, "notices");
    found->messages = column(r, row, "messages");
    found->maintenance_starts_at = column(r, row, "maintenance_starts_at");
    found->maintenance_ends_at = column(r, row, "maintenance_ends_at");
    found->maintenance_words = column(r, row, "maintenance_words");
    found->is_training = column(r, row, "is_training");
    found->replayed_at = column(r, row, "replayed_at");
    found->digest = digest;
    return found;
}

ej_err_t *ej_identity_ask(ej_identity_t **identity, request_rec *r,
                          const char *digest)
{
    ej_result_t *row;
    const char *values[] = {digest, r->useragent_ip};
    EJ_TRY(
        ej_db_query(&row, EJ_READING, r, r->pool, "core_authenticate", values));
    if (!ej_result_rows(row))
        return NULL;
    if (*text(r, row, "is_pending") == 't') {
        ej_request_of(r)->pending = digest;
        return ej_err(r->pool, JE351, NULL, NULL);
    }
    *identity = read_row(r, row, digest);
    const char *left = column(r, row, "maintenance_left_s");
    if (left && !((*identity)->roles & EJ_ADMINISTRATOR)) {
        ej_err_t *err = ej_err(r->pool, JE511, NULL, NULL);
        err->value = left;
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
