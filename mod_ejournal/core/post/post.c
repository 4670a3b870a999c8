/* post.c: the lanes that send letters and short messages, one for each channel.
 *
 * Letters are taken from the database and leased, some at a time, sent without
 * a transaction, and the outcomes recorded (sql/objects/outbound.sql). The
 * threads connect as the role ej_sender, which can do nothing else.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "post/post.h"

#include <http_log.h>

#include "conf/queries.h"
#include "job/lane.h"
#include "job/run.h"
#include "post/compose.h"
#include "post/letter.h"
#include "post/relay.h"
#include "text/clock.h"
#include "text/text.h"

APLOG_USE_MODULE(ejournal);

#define PATIENCE apr_time_from_sec(10) /* for an answer of the database */
#define MOST 50                        /* e-mails that are taken together */
/* How long after the taking a letter may be begun; the others are given back.
 * This and all waits of one letter together are shorter than the lease. */
#define BEGIN_WITHIN apr_time_from_sec(5)
/* How long outcomes wait to be recorded together. If the child is killed, the
 * e-mails that it sent in this time are sent again. */
#define RECORD_WITHIN apr_time_from_msec(250)

static const char email[] = "email", sms[] = "sms";

/* Letters that were taken together, and the outcomes not yet recorded. */
typedef struct {
    ej_place_t *place;
    const ej_server_t *conf;
    apr_pool_t *pool;
    const char *channel;
    apr_time_t taken_at, recorded_at;
    int is_over; /* no further letter is begun */
    apr_array_header_t *ids, *attempts, *outcomes, *codes; /* const char * */
} batch_t;

/* One of these letters. */
typedef struct {
    batch_t *batch;
    apr_pool_t *pool;
    const char *id, *attempt, *address, *hook_key, *school_name, *body;
    const char *composed_at, *is_support; /* "t": to the support */
} taken_t;

static ej_err_t *ask(ej_result_t **result, const ej_place_t *place,
                     const char *query, const char **values)
{
    ej_step_t step = {.query = ej_queries_find(query), .values = values};
    ej_err_t *err = ej_db_run(place->control, &step, 1, ej_clock() + PATIENCE);
    *result = step.result;
    return err;
}

/* Log what the database did not do. Pages log a missing one as an error. */
static void log_fault(const ej_place_t *place, const char *what,
                      const ej_err_t *err)
{
    ap_log_error(APLOG_MARK,
                 ej_db_is_lost(place->control) ? APLOG_DEBUG : APLOG_NOTICE, 0,
                 place->s, "%s: %s", what, err->detail ? err->detail : "-");
}

/* Take letters that are due; returns their rows, or NULL. Short messages are
 * taken one by one: if a child that had taken several were killed, nobody could
 * say which of them it had sent. */
static ej_result_t *take(batch_t *batch)
{
    ej_result_t *rows;
    int is_mail = batch->channel == email;
    const char *values[] = {batch->channel,
                            is_mail ? batch->conf->mail_hour : NULL,
                            is_mail ? APR_STRINGIFY(MOST) : "1"};
    ej_err_t *err = ask(&rows, batch->place, "core_post_take", values);
    if (err)
        log_fault(batch->place, "no letter could be taken", err);
    batch->taken_at = batch->recorded_at = ej_clock();
    return err ? NULL : rows;
}

/* The host of an address user@host. */
static const char *host_of(const char *address)
{
    const char *at = strrchr(address, '@');
    return at ? at + 1 : address;
}

static ej_handed_t send_mail(const taken_t *taken, ej_relay_t *relay)
{
    apr_size_t length;
    const ej_server_t *conf = taken->batch->conf;
    ej_letter_t letter = {.from_name = taken->school_name,
                          .from = conf->mail_from,
                          .to = taken->address,
                          .id = apr_psprintf(taken->pool, "ej-%s.%.16s@%s",
                                             taken->id, taken->hook_key,
                                             host_of(conf->mail_from)),
                          .at = apr_atoi64(taken->composed_at),
                          .text = taken->body};
    if (*taken->is_support != 't')
        letter.unsubscribe = apr_pstrcat(
            taken->pool, conf->address, "/unsubscribe/", taken->hook_key, NULL);
    const char *bytes = ej_letter_write(&length, taken->pool, &letter);
    return ej_relay_mail(relay, conf, taken->address, bytes, length,
                         taken->pool);
}

static ej_handed_t send_sms(const taken_t *taken, ej_relay_t *relay)
{
    const ej_server_t *conf = taken->batch->conf;
    const char *report = apr_pstrcat(taken->pool, conf->address, "/sms/",
                                     taken->hook_key, "?status=%d", NULL);
    return ej_relay_sms(relay, conf, taken->address, taken->body, report,
                        taken->pool);
}

static const char *array_of(const batch_t *batch,
                            const apr_array_header_t *texts)
{
    return ej_text_array(batch->pool, (const char *const *)texts->elts,
                         texts->nelts);
}

/* Record the outcomes that are noted. A letter whose outcome could not be
 * recorded is dealt with when its lease ends. */
static void record(batch_t *batch)
{
    ej_result_t *none;
    if (!batch->ids->nelts)
        return;
    const char *values[] = {
        array_of(batch, batch->ids), array_of(batch, batch->attempts),
        array_of(batch, batch->outcomes), array_of(batch, batch->codes)};
    ej_err_t *err = ask(&none, batch->place, "core_post_record", values);
    if (err)
        log_fault(batch->place, "the outcomes of letters could not be recorded",
                  err);
    apr_array_clear(batch->ids);
    apr_array_clear(batch->attempts);
    apr_array_clear(batch->outcomes);
    apr_array_clear(batch->codes);
    batch->recorded_at = ej_clock();
}

/* Note the outcome of a letter, and log it without a person's address. */
static void note(const taken_t *taken, const ej_handed_t *how)
{
    batch_t *batch = taken->batch;
    int is_pause = !strcmp(how->outcome, "pause");
    ap_log_error(APLOG_MARK, is_pause ? APLOG_NOTICE : APLOG_DEBUG, 0,
                 batch->place->s, "%s %s: %s %s", batch->channel, taken->id,
                 how->outcome, how->code);
    APR_ARRAY_PUSH(batch->ids, const char *) = taken->id;
    APR_ARRAY_PUSH(batch->attempts, const char *) = taken->attempt;
    APR_ARRAY_PUSH(batch->outcomes, const char *) = how->outcome;
    APR_ARRAY_PUSH(batch->codes, const char *) =
        apr_pstrdup(batch->pool, how->code);
    batch->is_over |= is_pause;
}

/* Compose the letter, unless it was composed for an earlier attempt, and keep
 * it. Sets how when there is nothing to send. */
static int prepare(taken_t *taken, ej_handed_t *how)
{
    ej_result_t *row = NULL;
    const batch_t *batch = taken->batch;
    if (taken->body)
        return 1;
    ej_err_t *err = ej_compose(&taken->body, batch->place, batch->channel,
                               taken->id, taken->pool);
    const char *values[] = {taken->id, taken->body};
    if (!err && taken->body)
        err = ask(&row, batch->place, "core_post_keep", values);
    if (err) {
        log_fault(batch->place, "a letter could not be composed", err);
        *how = (ej_handed_t){"later", "composing"};
        return 0;
    }
    *how = (ej_handed_t){"empty", ""};
    if (taken->body)
        taken->composed_at = ej_result_get(row, 0, 0);
    return taken->body != NULL;
}

/* Send a letter; or give it back, unsent, when no further letter is begun. */
static void send_one(taken_t *taken)
{
    batch_t *batch = taken->batch;
    ej_relay_t *relay = batch->place->kept;
    ej_handed_t how = {"back", ""};
    if (ej_run_is_stopping() || ej_db_is_lost(batch->place->control) ||
        ej_clock() > batch->taken_at + BEGIN_WITHIN)
        batch->is_over = 1;
    if (!batch->is_over && prepare(taken, &how))
        how = batch->channel == email ? send_mail(taken, relay)
                                      : send_sms(taken, relay);
    note(taken, &how);
}

/* Send the letters of a batch one after the other. */
static void send_all(batch_t *batch, const ej_result_t *rows)
{
    apr_pool_t *of_one;
    apr_pool_create(&of_one, batch->pool);
    for (int row = 0; row < ej_result_rows(rows); row++) {
        taken_t taken = {.batch = batch, .pool = of_one};
        const char **columns[] = {&taken.id,          &taken.attempt,
                                  &taken.address,     &taken.hook_key,
                                  &taken.school_name, &taken.body,
                                  &taken.composed_at, &taken.is_support};
        for (int i = 0; i < (int)(sizeof columns / sizeof *columns); i++)
            *columns[i] = ej_result_get(rows, row, i);
        send_one(&taken);
        if (ej_clock() > batch->recorded_at + RECORD_WITHIN)
            record(batch);
        apr_pool_clear(of_one);
    }
    record(batch);
}

/* Make letters of the requests for support, if they are to be sent. */
static void make_support(const batch_t *batch)
{
    ej_result_t *none;
    const char *values[] = {batch->conf->support_mail};
    if (batch->channel != email || !values[0])
        return;
    ej_err_t *err = ask(&none, batch->place, "core_post_support", values);
    if (err)
        log_fault(batch->place, "no letter to the support could be made", err);
}

/* Send letters of this channel that are due. */
static int run_due(ej_place_t *place, const void *channel, apr_pool_t *pool)
{
    batch_t batch = {.place = place,
                     .conf = ej_conf_server(place->s),
                     .pool = pool,
                     .channel = channel,
                     .ids = apr_array_make(pool, MOST, sizeof(char *)),
                     .attempts = apr_array_make(pool, MOST, sizeof(char *)),
                     .outcomes = apr_array_make(pool, MOST, sizeof(char *)),
                     .codes = apr_array_make(pool, MOST, sizeof(char *))};
    make_support(&batch);
    ej_result_t *rows = take(&batch);
    if (!rows || !ej_result_rows(rows))
        return 0;
    if (!place->kept)
        place->kept = ej_relay_make(place->pool);
    send_all(&batch, rows);
    return 1;
}

static int wants(const ej_server_t *conf, const void *channel)
{
    return (channel == email ? conf->mail : conf->sms) != NULL;
}

void ej_post_child(server_rec *s)
{
    int is_wanted = 0, is_working = 0;
    for (; s; s = s->next) {
        is_wanted |=
            wants(ej_conf_server(s), email) || wants(ej_conf_server(s), sms);
        is_working |= ej_conf_server(s)->jobs != NULL;
    }
    if (is_wanted)
        ej_letter_init();
    if (is_wanted || is_working) /* a job sends documents (exchange.c) */
        ej_relay_init();
}

apr_status_t ej_post_start(apr_pool_t *pconf, server_rec *main_server)
{
    static const ej_lane_kind_t lanes[] = {
        {"ejournal-email", "ej_sender", 1, wants, run_due, email},
        {"ejournal-sms", "ej_sender", 1, wants, run_due, sms}};
    apr_status_t rv = ej_lane_start(pconf, main_server, &lanes[0]);
    return rv == APR_SUCCESS ? ej_lane_start(pconf, main_server, &lanes[1])
                             : rv;
}
