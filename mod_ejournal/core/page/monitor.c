/* monitor.c: health, readiness, metrics, and the lines of mod_status.
 *
 * /health   Apache works; no database is asked
 * /ready    pages can be made, and what the database is: role, lag, backup
 * /metrics  numbers for Prometheus, in the text format of OpenMetrics 1.0;
 *           for the addresses of EjournalMetrics alone
 * None of them names a person or a school. Names and labels of /metrics are
 * described in xslt/help/monitor.xml.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/monitor.h"

#include <apr_strings.h>
#include <http_protocol.h>
#include <mod_status.h>

#include "conf/queries.h"
#include "db/db.h"
#include "http/tally.h"
#include "out/send.h"
#include "text/err.h"

#define PATIENCE apr_time_from_sec(1)
#define OPENMETRICS                                                            \
    "application/openmetrics-text; version=1.0.0; charset=utf-8"

/* The text of an answer, piece by piece. */
typedef apr_array_header_t text_t;

static void put(text_t *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void put(text_t *text, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    APR_ARRAY_PUSH(text, const char *) =
        apr_pvsprintf(text->pool, format, values);
    va_end(values);
}

static int answer(request_rec *r, int status, const char *type, text_t *text)
{
    const char *whole = apr_array_pstrcat(r->pool, text, 0);
    ej_send_caching(r, 1);
    return ej_send_answer(r, status, type, whole, strlen(whole));
}

static int answer_line(request_rec *r, int status, const char *line)
{
    text_t *text = apr_array_make(r->pool, 1, sizeof(char *));
    put(text, "%s\n", line);
    return answer(r, status, "text/plain; charset=utf-8", text);
}

/* -------------------------------------------------------------- readiness -- */

/* A column of the only row; NULL where there is none. */
static const char *value_of(const ej_result_t *row, const char *name)
{
    int column = ej_result_column(row, name);
    return column < 0 || !ej_result_rows(row) ? NULL
                                              : ej_result_get(row, 0, column);
}

static void put_fact(text_t *text, const ej_result_t *row, const char *name)
{
    const char *value = value_of(row, name);
    if (value)
        put(text, "%s %s\n", name, value);
}

/* Tell whether pages can be made: a database connection is free, and the schema
 * is the right one. It never waits for a connection: a pool that is used up is
 * not ready. The lines after the first tell about the database: role (primary,
 * standby), lag_s (of a standby), backup_age_s (of the last verified one). */
static int answer_ready(request_rec *r)
{
    ej_result_t *row;
    ej_err_t *err =
        ej_db_aside(&row, r->server, r->pool, "core_ready", PATIENCE);
    if (err)
        return answer_line(r, HTTP_SERVICE_UNAVAILABLE, ej_err_name(err->code));
    text_t *text = apr_array_make(r->pool, 4, sizeof(char *));
    put(text, "ready\n");
    put_fact(text, row, "role");
    put_fact(text, row, "lag_s");
    put_fact(text, row, "backup_age_s");
    return answer(r, HTTP_OK, "text/plain; charset=utf-8", text);
}

/* ---------------------------------------------------------------- metrics -- */

static void put_head(text_t *text, const char *name, const char *type,
                     const char *unit, const char *help)
{
    put(text, "# TYPE ejournal_%s %s\n", name, type);
    if (unit)
        put(text, "# UNIT ejournal_%s %s\n", name, unit);
    put(text, "# HELP ejournal_%s %s\n", name, help);
}

static void put_answers(text_t *text, const ej_tally_t *tally)
{
    put_head(text, "answers", "counter", NULL,
             "Pages and forms answered, by method and class of status.");
    for (int i = 0; i < 2; i++)
        for (int class = 0; class < EJ_TALLY_CLASSES; class ++)
            put(text,
                "ejournal_answers_total{method=\"%s\",status=\"%dxx\"} "
                "%" APR_UINT64_T_FMT "\n",
                i ? "POST" : "GET", class + 1, tally->answers[i][class]);
}

/* Milliseconds as seconds, without noughts at the end, as OpenMetrics writes
 * bounds. */
static const char *bound(apr_pool_t *pool, int milliseconds)
{
    char *text = apr_psprintf(pool, "%d.%03d", milliseconds / 1000,
                              milliseconds % 1000);
    apr_size_t length = strlen(text);
    while (text[length - 1] == '0' && text[length - 2] != '.')
        text[--length] = '\0';
    return text;
}

static void put_times(text_t *text, const ej_tally_t *tally)
{
    apr_uint64_t sum = 0;
    put_head(text, "answer_seconds", "histogram", "seconds",
             "From the first byte of a request to the last of its answer.");
    for (int i = 0; i <= EJ_TALLY_TIMES; i++) {
        sum += tally->times[i];
        put(text,
            "ejournal_answer_seconds_bucket{le=\"%s\"} %" APR_UINT64_T_FMT
            "\n",
            i < EJ_TALLY_TIMES ? bound(text->pool, ej_tally_bounds[i])
                               : "+Inf",
            sum);
    }
    put(text,
        "ejournal_answer_seconds_count %" APR_UINT64_T_FMT
        "\nejournal_answer_seconds_sum %.6f\n",
        sum, (double)tally->spent / APR_USEC_PER_SEC);
}

static void put_failures(text_t *text, const ej_tally_t *tally)
{
    put_head(text, "errors", "counter", NULL,
             "Error pages, by the code that they show.");
    for (int i = 1; i < EJ_CODES; i++)
        if (tally->failures[i])
            put(text,
                "ejournal_errors_total{code=\"%s\"} %" APR_UINT64_T_FMT "\n",
                ej_err_name((ej_code_t)i), tally->failures[i]);
}

/* What the database tells: each column of core_metrics is a gauge. */
static void put_database(text_t *text, const ej_result_t *row)
{
    static const struct {
        const char *name, *unit, *help;
    } gauges[] = {
        {"database_primary", NULL, "1 on a primary, 0 on a standby."},
        {"database_lag_seconds", "seconds",
         "How far a standby is behind its primary."},
        {"backup_age_seconds", "seconds",
         "Age of the last verified backup; absent while there is none."},
        {"backups_bad", NULL,
         "Backups of the last week that failed or are damaged."},
        {"jobs_due", NULL, "Background jobs that are due and not done."},
        {"letters_due", NULL, "Letters and short messages that are due."}};
    for (apr_size_t i = 0; i < sizeof gauges / sizeof *gauges; i++) {
        const char *value = value_of(row, gauges[i].name);
        if (!value)
            continue;
        put_head(text, gauges[i].name, "gauge", gauges[i].unit, gauges[i].help);
        put(text, "ejournal_%s %s\n", gauges[i].name, value);
    }
}

static int answer_metrics(request_rec *r)
{
    const ej_tally_t *tally = ej_tally_read();
    text_t *text = apr_array_make(r->pool, 64, sizeof(char *));
    ej_result_t *row;
    ej_err_t *err =
        ej_db_aside(&row, r->server, r->pool, "core_metrics", PATIENCE);
    put_head(text, "schema", "info", NULL, "The schema that the module knows.");
    put(text, "ejournal_schema_info{number=\"%d\"} 1\n", ej_queries_schema);
    if (tally) {
        put_head(text, "start_time_seconds", "gauge", "seconds",
                 "When the counters began, in Unix time.");
        put(text, "ejournal_start_time_seconds %.3f\n",
            (double)tally->since / APR_USEC_PER_SEC);
        put_answers(text, tally);
        put_times(text, tally);
        put_failures(text, tally);
    }
    put_head(text, "database_up", "gauge", NULL,
             "1 when a connection was free and the schema is right.");
    put(text, "ejournal_database_up %d\n", !err);
    if (!err)
        put_database(text, row);
    put(text, "# EOF\n");
    return answer(r, HTTP_OK, OPENMETRICS, text);
}

int ej_monitor_answer(ej_request_t *request)
{
    if (!request->is_bare)
        return DECLINED;
    if (!strcmp(request->path, "/health"))
        return answer_line(request->r, HTTP_OK, "ok");
    if (!strcmp(request->path, "/ready"))
        return answer_ready(request->r);
    if (!strcmp(request->path, "/metrics"))
        return answer_metrics(request->r);
    return DECLINED;
}

/* ------------------------------------------------------------- mod_status -- */

int ej_monitor_status(request_rec *r, int flags)
{
    const ej_tally_t *tally = ej_tally_read();
    apr_uint64_t all = 0, failed = 0;
    if (!tally)
        return OK;
    for (int i = 0; i < 2; i++)
        for (int class = 0; class < EJ_TALLY_CLASSES; class ++)
            all += tally->answers[i][class];
    failed = tally->answers[0][4] + tally->answers[1][4];
    if (!(flags & AP_STATUS_SHORT))
        ap_rputs("<hr>\n<h2>ejournal</h2>\n<pre>\n", r);
    ap_rprintf(r,
               "EjournalAnswers: %" APR_UINT64_T_FMT
               "\nEjournalFailed: %" APR_UINT64_T_FMT
               "\nEjournalMeanMs: %.1f\n",
               all, failed,
               all ? (double)tally->spent / 1000 / (double)all : 0.0);
    if (!(flags & AP_STATUS_SHORT))
        ap_rputs("</pre>\n", r);
    return OK;
}
