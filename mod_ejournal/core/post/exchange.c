/* exchange.c: the job that sends documents to other systems.
 *
 * A document is taken (ej.exchange_take), made once and checked, frozen in the
 * database, and only then handed over, without a transaction: into a folder
 * below EjournalOutbox, or by HTTPS to a host that EjournalExchangeHost names.
 * Whoever administers a school writes addresses, so that what a server may
 * reach is told by its configuration. An attempt whose end was not recorded is
 * made again after ten minutes: a file by the same name, a request with the
 * same Idempotency-Key.
 * Source: INT-01, FED-06, FED-42
 * SPDX-License-Identifier: Apache-2.0
 */
#include <apr_file_io.h>
#include <apr_uri.h>

#include "job/run.h"
#include "out/exchange.h"
#include "post/relay.h"

/* One document that was taken. */
typedef struct {
    ej_job_t *job;
    const ej_server_t *conf;
    const ej_paper_t *kind;
    ej_relay_t *relay;
    const char *id, *transport, *address, *document, *source, *name;
    const char *answer; /* of the receiver, or what is wrong */
} taken_t;

static ej_handed_t handed(const char *outcome, const char *code)
{
    return (ej_handed_t){outcome, code};
}

/* ------------------------------------------------------------ a folder -- */

/* Write the document under a name of the moment, so that a reader of the folder
 * never meets half of one. */
static apr_status_t write_part(const char *path, const char *text,
                               apr_pool_t *pool)
{
    apr_file_t *file;
    apr_status_t rv = apr_file_open(
        &file, path, APR_FOPEN_WRITE | APR_FOPEN_CREATE | APR_FOPEN_TRUNCATE,
        APR_FPROT_UREAD | APR_FPROT_UWRITE | APR_FPROT_GREAD, pool);
    if (rv != APR_SUCCESS)
        return rv;
    rv = apr_file_write_full(file, text, strlen(text), NULL);
    if (rv == APR_SUCCESS)
        rv = apr_file_sync(file);
    apr_status_t closed = apr_file_close(file);
    return rv != APR_SUCCESS ? rv : closed;
}

static ej_handed_t put_file(taken_t *taken)
{
    apr_pool_t *pool = taken->job->pool;
    char words[120];
    if (!taken->conf->outbox)
        return handed("failed", "outbox");
    const char *folder =
        apr_pstrcat(pool, taken->conf->outbox, "/", taken->address, NULL);
    const char *part =
        apr_pstrcat(pool, folder, "/.", taken->name, ".part", NULL);
    apr_dir_make(folder, APR_FPROT_OS_DEFAULT, pool); /* or it is there */
    apr_status_t rv = write_part(part, taken->document, pool);
    if (rv == APR_SUCCESS)
        rv = apr_file_rename(
            part, apr_pstrcat(pool, folder, "/", taken->name, ".xml", NULL),
            pool);
    if (rv == APR_SUCCESS)
        return handed("sent", "file");
    apr_file_remove(part, pool);
    taken->answer = apr_pstrdup(pool, apr_strerror(rv, words, sizeof words));
    return handed("failed", APR_STATUS_IS_ENOSPC(rv) ? "full" : "folder");
}

/* ---------------------------------------------------------------- HTTPS -- */

/* Whether the configuration names the host, and port unless it is 443. */
static int is_allowed(const taken_t *taken)
{
    apr_uri_t uri;
    const apr_array_header_t *hosts = taken->conf->exchange_hosts;
    if (apr_uri_parse(taken->job->pool, taken->address, &uri) != APR_SUCCESS ||
        !uri.scheme || strcmp(uri.scheme, "https") || !uri.hostinfo || uri.user)
        return 0;
    for (int i = 0; hosts && i < hosts->nelts; i++)
        if (!strcasecmp(APR_ARRAY_IDX(hosts, i, const char *), uri.hostinfo))
            return 1;
    return 0;
}

static ej_handed_t put_https(taken_t *taken)
{
    ej_parcel_t parcel = {.url = taken->address,
                          .name = taken->name,
                          .text = taken->document,
                          .certificate = taken->kind->certificate,
                          .issuer = taken->kind->issuer};
    if (!is_allowed(taken))
        return handed("failed", "host");
    return ej_relay_document(&taken->answer, taken->relay, &parcel,
                             taken->job->pool);
}

/* -------------------------------------------------------------- the job -- */

/* Make, check and freeze the document. Sets how when it cannot be sent. */
static ej_err_t *prepare(taken_t *taken, ej_handed_t *how)
{
    ej_result_t *none;
    const char *wrong;
    *how = handed(NULL, NULL);
    if (!taken->kind)
        *how = handed("failed", "kind");
    if (!taken->kind || taken->document)
        return NULL;
    EJ_TRY(ej_exchange_make(&taken->document, &wrong, taken->job->pool,
                            taken->conf, taken->kind, taken->source));
    if (wrong) {
        taken->answer = wrong;
        *how = handed("refused", "schema");
        return NULL;
    }
    const char *values[] = {taken->id, taken->document};
    return ej_job_ask(&none, taken->job, "core_job_exchange_keep", values);
}

static ej_err_t *send_one(taken_t *taken, ej_handed_t *how)
{
    ej_result_t *none;
    EJ_TRY(prepare(taken, how));
    if (!how->outcome)
        *how = !strcmp(taken->transport, "file") ? put_file(taken)
                                                 : put_https(taken);
    const char *values[] = {taken->id, how->outcome, how->code, taken->answer};
    return ej_job_ask(&none, taken->job, "core_job_exchange_record", values);
}

/* Send the documents that are due. After one that took its whole time the others
 * wait for the next run: other jobs of this lane go first. */
ej_err_t *ej_exchange_run(ej_job_t *job)
{
    ej_relay_t *relay = ej_relay_make(job->pool);
    ej_handed_t how = {"", ""};
    for (apr_int64_t n = 0; strcmp(how.code, "timeout"); n++) {
        ej_result_t *row;
        EJ_TRY(ej_job_go_on(job, n, 0));
        EJ_TRY(ej_job_ask(&row, job, "core_job_exchange_take", NULL));
        if (!ej_result_rows(row))
            break;
        taken_t taken = {.job = job,
                         .conf = ej_conf_server(job->s),
                         .relay = relay,
                         .id = ej_result_get(row, 0, 0),
                         .transport = ej_result_get(row, 0, 2),
                         .address = ej_result_get(row, 0, 3),
                         .document = ej_result_get(row, 0, 4),
                         .source = ej_result_get(row, 0, 5),
                         .name = ej_result_get(row, 0, 6)};
        taken.kind = ej_exchange_find(taken.conf, ej_result_get(row, 0, 1));
        EJ_TRY(send_one(&taken, &how));
        job->result =
            apr_psprintf(job->pool, "%" APR_INT64_T_FMT " documents", n + 1);
    }
    return NULL;
}
