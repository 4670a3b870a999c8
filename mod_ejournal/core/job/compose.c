/* compose.c: the job in which FET composes a timetable.
 *
 * fet-cl reads the load from a file and writes its timetable into the same
 * folder, which is made for this run and removed after it. When the time of
 * fet-cl is over, it writes the fullest timetable that it has found.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "job/run.h"

#include <string.h>

#include <apr_file_info.h>
#include <apr_file_io.h>

#include "ej.h"
#include "out/spool.h"

#define WORDS 600 /* bytes kept of the end of FET's output */

/* One run of FET. */
typedef struct {
    const char *placed; /* the file that says how many activities are placed */
    apr_int64_t total;
    apr_int64_t done;
} run_t;

/* ------------------------------------------------------------ the folder -- */

/* Remove a folder with its contents. */
static void remove_folder(const char *path, apr_pool_t *pool)
{
    apr_dir_t *folder;
    apr_finfo_t entry;
    if (apr_dir_open(&folder, path, pool) != APR_SUCCESS)
        return;
    while (apr_dir_read(&entry, APR_FINFO_NAME | APR_FINFO_TYPE, folder) ==
           APR_SUCCESS) {
        const char *name = apr_pstrcat(pool, path, "/", entry.name, NULL);
        if (!strcmp(entry.name, ".") || !strcmp(entry.name, ".."))
            continue;
        if (entry.filetype == APR_DIR)
            remove_folder(name, pool);
        else
            apr_file_remove(name, pool);
    }
    apr_dir_close(folder);
    apr_dir_remove(path, pool);
}

/* Make the folder, and in it the file that FET reads. */
static ej_err_t *make_folder(ej_job_t *job, const char *document)
{
    apr_file_t *file;
    EJ_TRY(ej_spool_folder(&job->folder, job->pool));
    apr_status_t rv = apr_file_open(
        &file, apr_pstrcat(job->pool, job->folder, "/x.fet", NULL),
        APR_FOPEN_WRITE | APR_FOPEN_CREATE | APR_FOPEN_EXCL,
        APR_FPROT_UREAD | APR_FPROT_UWRITE, job->pool);
    if (rv != APR_SUCCESS)
        return ej_err(job->pool, JE510, NULL, "no file for FET");
    ej_err_t *err = ej_spool_put(file, document, strlen(document));
    apr_file_close(file);
    return err;
}

/* ---------------------------------------------------------- the program -- */

/* Count the activities that FET has placed: the last number of its log. */
static void look(ej_job_t *job, apr_int64_t *done, apr_int64_t *total)
{
    run_t *run = job->baton;
    apr_file_t *file;
    apr_pool_t *pool;
    char text[256];
    apr_size_t length = sizeof text - 1;
    apr_off_t end = 0;
    apr_pool_create(&pool, job->pool);
    if (apr_file_open(&file, run->placed, APR_FOPEN_READ, 0, pool) ==
        APR_SUCCESS) {
        apr_file_seek(file, APR_END, &end);
        apr_off_t from = end > (apr_off_t)length ? end - (apr_off_t)length : 0;
        if (apr_file_seek(file, APR_SET, &from) == APR_SUCCESS &&
            apr_file_read(file, text, &length) == APR_SUCCESS) {
            text[length] = '\0';
            for (const char *at = text; (at = strstr(at, " reached ")); at++)
                run->done = apr_atoi64(at + 9);
        }
    }
    apr_pool_destroy(pool);
    *done = run->done;
    *total = run->total;
}

/* Read the timetable that FET wrote; *json is NULL without one. */
static ej_err_t *read_timetable(const char **json, ej_job_t *job)
{
    static const char *const names[] = {
        "/timetables/x/x_activities.xml",
        "/timetables/x-highest/x_activities.xml"};
    *json = NULL;
    for (int i = 0; i < 2; i++) {
        ej_file_t file = {.name = names[i]};
        const char *path = apr_pstrcat(job->pool, job->folder, names[i], NULL);
        if (apr_file_open(&file.file, path, APR_FOPEN_READ, 0, job->pool))
            continue;
        ej_err_t *err = ej_in_document(json, job->pool, &file);
        apr_file_close(file.file);
        return err;
    }
    return NULL;
}

/* Run FET in the folder; *words becomes the end of its output. */
static ej_err_t *run_fet(const char **words, ej_job_t *job, const char *seconds)
{
    const char *fet = ej_conf_server(job->s)->fet, *output = NULL;
    const char *argv[] = {
        fet ? fet : EJ_FET,
        apr_pstrcat(job->pool, "--inputfile=", job->folder, "/x.fet", NULL),
        apr_pstrcat(job->pool, "--outputdir=", job->folder, NULL),
        apr_pstrcat(job->pool, "--timelimitseconds=", seconds, NULL),
        "--htmllevel=0",
        NULL};
    job->may_fail = 1;
    job->look = look;
    EJ_TRY(ej_job_program(&output, job, argv));
    apr_size_t length = strlen(output);
    const char *tail = output + (length > WORDS ? length - WORDS : 0);
    while ((*tail & 0xc0) == 0x80) /* not from within a letter */
        tail++;
    *words = tail;
    return NULL;
}

static ej_err_t *compose(ej_job_t *job, const char *document,
                         const char *seconds)
{
    ej_result_t *row;
    const char *json, *words;
    EJ_TRY(make_folder(job, document));
    ((run_t *)job->baton)->placed = apr_pstrcat(
        job->pool, job->folder, "/logs/max_placed_activities.txt", NULL);
    EJ_TRY(run_fet(&words, job, seconds));
    EJ_TRY(read_timetable(&json, job));
    const char *values[] = {job->id, json, words};
    EJ_TRY(ej_job_ask_as_person(&row, job, "core_compose_keep", values));
    job->result = ej_result_get(row, 0, 0);
    return NULL;
}

ej_err_t *ej_job_compose(ej_job_t *job)
{
    ej_result_t *row;
    run_t *run = apr_pcalloc(job->pool, sizeof *run);
    const char *values[] = {job->id};
    EJ_TRY(ej_job_ask_as_person(&row, job, "core_compose_begin", values));
    const char *document = ej_result_get(row, 0, 0);
    if (!document)
        return ej_err(job->pool, JE401, NULL, "no draft, or nothing to place");
    run->total = apr_atoi64(ej_result_get(row, 0, 1));
    job->baton = run;
    ej_err_t *err = compose(job, document, ej_result_get(row, 0, 2));
    if (job->folder)
        remove_folder(job->folder, job->pool);
    return err;
}
