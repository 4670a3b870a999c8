/* post.c: the lanes that send letters and short messages, one for each channel.
 *
 * A letter is taken from the database and leased, sent without a transaction,
 * and its end recorded (sql/objects/outbound.sql). The threads connect as the
 * role ej_sender, which can do nothing else.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "post/post.h"

#include <http_log.h>

#include "conf/queries.h"
#include "job/lane.h"
#include "post/compose.h"
#include "post/letter.h"
#include "post/relay.h"
#include "text/clock.h"

APLOG_USE_MODULE(ejournal);

#define PATIENCE apr_time_from_sec(10) /* for an answer of the database */

static const char email[] = "email", sms[] = "sms";

/* A letter that was taken, and where it is worked on. */
typedef struct {
    ej_place_t *place;
    const ej_server_t *conf;
    apr_pool_t *pool;
    const char *channel;
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

/* Set taken to the letter that is due; 0 when there is none. */
static int take(taken_t *taken)
{
    ej_result_t *row;
    const char *most = taken->channel == email ? taken->conf->mail_hour : NULL;
    const char *values[] = {taken->channel, most};
    ej_err_t *err = ask(&row, taken->place, "core_post_take", values);
    if (err)
        log_fault(taken->place, "no letter could be taken", err);
    if (err || !ej_result_rows(row))
        return 0;
    const char **columns[] = {&taken->id,          &taken->attempt,
                              &taken->address,     &taken->hook_key,
                              &taken->school_name, &taken->body,
                              &taken->composed_at, &taken->is_support};
    for (int i = 0; i < (int)(sizeof columns / sizeof *columns); i++)
        *columns[i] = ej_result_get(row, 0, i);
    return 1;
}

/* Of an address user@host the host. */
static const char *host_of(const char *address)
{
    const char *at = strrchr(address, '@');
    return at ? at + 1 : address;
}

static ej_handed_t send_mail(const taken_t *taken, ej_relay_t *relay)
{
    apr_size_t length;
    const ej_server_t *conf = taken->conf;
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
    const char *report = apr_pstrcat(taken->pool, taken->conf->address, "/sms/",
                                     taken->hook_key, "?status=%d", NULL);
    return ej_relay_sms(relay, taken->conf, taken->address, taken->body, report,
                        taken->pool);
}

/* Record the end, and log it without a person's address. What could not be
 * recorded is dealt with when the lease ends. */
static void record(const taken_t *taken, const ej_handed_t *how)
{
    ej_result_t *none;
    const char *values[] = {taken->id, taken->attempt, how->outcome, how->code};
    ap_log_error(APLOG_MARK,
                 strcmp(how->outcome, "pause") ? APLOG_DEBUG : APLOG_NOTICE, 0,
                 taken->place->s, "%s %s: %s %s", taken->channel, taken->id,
                 how->outcome, how->code);
    ej_err_t *err = ask(&none, taken->place, "core_post_record", values);
    if (err)
        log_fault(taken->place, "the end of a letter could not be recorded",
                  err);
}

/* Compose the letter, unless it was composed for an earlier attempt, and keep
 * it. Sets how when there is nothing to send. */
static int prepare(taken_t *taken, ej_handed_t *how)
{
    ej_result_t *row = NULL;
    if (taken->body)
        return 1;
    ej_err_t *err = ej_compose(&taken->body, taken->place, taken->channel,
                               taken->id, taken->pool);
    const char *values[] = {taken->id, taken->body};
    if (!err && taken->body)
        err = ask(&row, taken->place, "core_post_keep", values);
    if (err) {
        log_fault(taken->place, "a letter could not be composed", err);
        *how = (ej_handed_t){"later", "composing"};
        return 0;
    }
    *how = (ej_handed_t){"empty", ""};
    if (taken->body)
        taken->composed_at = ej_result_get(row, 0, 0);
    return taken->body != NULL;
}

/* Make letters of the requests for support, if they are to be sent. */
static void make_support(const taken_t *taken)
{
    ej_result_t *none;
    const char *values[] = {taken->conf->support_mail};
    if (taken->channel != email || !values[0])
        return;
    ej_err_t *err = ask(&none, taken->place, "core_post_support", values);
    if (err)
        log_fault(taken->place, "no letter to the support could be made", err);
}

/* Send the letter of this channel that is due. */
static int run_due(ej_place_t *place, const void *channel, apr_pool_t *pool)
{
    taken_t taken = {.place = place,
                     .conf = ej_conf_server(place->s),
                     .pool = pool,
                     .channel = channel};
    make_support(&taken);
    if (!take(&taken))
        return 0;
    if (!place->kept)
        place->kept = ej_relay_make(place->pool);
    ej_handed_t how;
    if (prepare(&taken, &how))
        how = channel == email ? send_mail(&taken, place->kept)
                               : send_sms(&taken, place->kept);
    record(&taken, &how);
    return 1;
}

static int wants(const ej_server_t *conf, const void *channel)
{
    return (channel == email ? conf->mail : conf->sms) != NULL;
}

void ej_post_child(server_rec *s)
{
    int is_wanted = 0;
    for (; s && !is_wanted; s = s->next)
        is_wanted =
            wants(ej_conf_server(s), email) || wants(ej_conf_server(s), sms);
    if (!is_wanted)
        return;
    ej_letter_init();
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
