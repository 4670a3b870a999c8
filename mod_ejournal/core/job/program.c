/* program.c: runs a program for a job, and lets it never outlive the job.
 *
 * Between this child of Apache and the program stands a keeper: a process that
 * does nothing but wait. It holds a copy of the socket of the connection that
 * has the job's lock; the server ends the lock when the last copy is closed. So
 * nobody else begins the job while the program may still run, however this
 * child ends (kill -9, too), and on whichever machine the next Apache is. A
 * prctl(PR_SET_PDEATHSIG) alone would end the program a moment after the lock.
 *
 * The keeper kills the program's process group when the pipe to this child is
 * closed (the child has ended, or gives the job up) or the server has closed
 * the connection (the lock is gone; the database waits 3 s before the job is
 * begun again). Should the keeper itself be killed, PR_SET_PDEATHSIG ends the
 * program.
 *
 * After fork the keeper calls only functions that are safe in a process that
 * had other threads.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "job/run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <apr_portable.h>

#include "out/spool.h"

#define LOOK 100                /* milliseconds from one look to the next */
#define MOST (16 * 1024 * 1024) /* bytes of output */
#define GONE 126 /* a keeper's status: the job is no longer wanted */

/* The descriptors that a keeper has, from 3 on. */
enum { LIFE = 3, LOCK = 4, PAST = 5 };

/* What ej_job_program shares with its keeper. */
typedef struct {
    int life; /* the end of the pipe that this child of Apache has */
    int life_of_keeper;
    int lock, in, out;
    const char *const *argv;
    const char *folder; /* of the program, or NULL */
} ends_t;

/* ------------------------------------------------------------ the keeper -- */

/* Move a descriptor out of the way of those below PAST. */
static int aside(int fd)
{
    return fcntl(fd, F_DUPFD, 20);
}

/* Keep the descriptors that are needed, close all others: the listening sockets
 * and connections of this child above all. */
static int keep_ends(const ends_t *ends)
{
    int life = aside(ends->life_of_keeper), lock = aside(ends->lock);
    int in = aside(ends->in), out = aside(ends->out);
    return life >= 0 && lock >= 0 && in >= 0 && out >= 0 && dup2(in, 0) >= 0 &&
           dup2(out, 1) >= 0 && dup2(life, LIFE) >= 0 &&
           dup2(lock, LOCK) >= 0 && close_range(PAST, ~0U, 0) == 0;
}

static void plain_signals(void)
{
    sigset_t none;
    for (int i = 1; i < NSIG; i++)
        signal(i, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void become_program(const char *const *argv, pid_t keeper)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != keeper)
        _exit(127);
    setpgid(0, 0);
    close(LIFE);
    close(LOCK);
    execv(argv[0], (char *const *)argv);
    _exit(127);
}

/* Whether the job still stands: the child of Apache is there, and the server
 * has not closed the connection with the lock. */
static int is_wanted(int milliseconds)
{
    struct pollfd at[] = {{LIFE, POLLIN, 0}, {LOCK, POLLRDHUP, 0}};
    if (poll(at, 2, milliseconds) < 0)
        return errno == EINTR;
    return !at[0].revents && !at[1].revents;
}

/* Wait for the program; returns its status for _exit. */
static int wait_for(pid_t program)
{
    int status = 0, is_running = 1;
    while (is_running && is_wanted(LOOK))
        is_running = waitpid(program, &status, WNOHANG) != program;
    kill(-program, SIGKILL); /* and whatever it has started */
    while (waitpid(-1, is_running ? &status : NULL, 0) > 0 || errno == EINTR)
        ;
    return is_running            ? GONE
           : WIFEXITED(status)   ? WEXITSTATUS(status)
           : WIFSIGNALED(status) ? 128 + WTERMSIG(status)
                                 : 126;
}

static void become_keeper(const ends_t *ends)
{
    plain_signals();
    setpgid(0, 0); /* Apache's signals to its own group do not reach it */
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    if (!keep_ends(ends))
        _exit(127);
    pid_t keeper = getpid(), program = fork();
    if (program == 0)
        become_program(ends->argv, keeper);
    if (program < 0)
        _exit(127);
    setpgid(program, program);
    int status = wait_for(program);
    if (status == GONE && ends->folder) /* nobody else removes it */
        execl("/bin/rm", "rm", "-rf", "--", ends->folder, (char *)NULL);
    _exit(status);
}

/* ---------------------------------------------------- this child's part -- */

/* Wait for the keeper, and end it when the job shall not go on. */
static ej_err_t *watch(ej_job_t *job, pid_t keeper, int life)
{
    int status = 0;
    ej_err_t *err = NULL;
    apr_int64_t done = 0, total = 0;
    while (!err && waitpid(keeper, &status, WNOHANG) == 0) {
        if (job->look)
            job->look(job, &done, &total);
        err = ej_job_go_on(job, done, total);
        apr_sleep(apr_time_from_msec(LOOK));
    }
    close(life);
    job->report_at = 0;
    if (!err) /* the keeper may be the first to notice that the lock is lost */
        err = ej_job_go_on(job, done, total);
    else
        while (waitpid(keeper, &status, 0) < 0 && errno == EINTR)
            ;
    if (!err && (!WIFEXITED(status) || WEXITSTATUS(status) > job->may_fail))
        err = ej_err(job->pool, JE500, NULL,
                     apr_psprintf(job->pool, "the program ended with %d",
                                  WIFEXITED(status) ? WEXITSTATUS(status)
                                                    : -WTERMSIG(status)));
    return err;
}

static ej_err_t *start(pid_t *keeper, ej_job_t *job, ends_t *ends)
{
    int life[2];
    ends->lock = ej_db_socket(job->control);
    ends->in = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (ends->lock < 0 || ends->in < 0 || pipe2(life, O_CLOEXEC)) {
        close(ends->in);
        return ej_err(job->pool, JE500, NULL, "no pipe for a program");
    }
    ends->life_of_keeper = life[0];
    ends->life = life[1];
    *keeper = fork();
    if (*keeper == 0)
        become_keeper(ends);
    close(ends->in);
    close(ends->life_of_keeper);
    if (*keeper > 0)
        return NULL;
    close(ends->life);
    return ej_err(job->pool, JE500, NULL, "no process for a program");
}

static ej_err_t *read_output(const char **output, ej_job_t *job,
                             apr_file_t *file)
{
    apr_off_t length = 0, begin = 0;
    apr_status_t rv = apr_file_seek(file, APR_END, &length);
    if (rv == APR_SUCCESS && length <= MOST)
        rv = apr_file_seek(file, APR_SET, &begin);
    if (rv != APR_SUCCESS || length > MOST)
        return ej_err(job->pool, JE500, NULL, "output of a program");
    char *text = apr_pcalloc(job->pool, (apr_size_t)length + 1);
    rv = apr_file_read_full(file, text, (apr_size_t)length, NULL);
    *output = text;
    return rv == APR_SUCCESS ? NULL
                             : ej_err(job->pool, JE500, NULL, "output lost");
}

ej_err_t *ej_job_program(const char **output, ej_job_t *job,
                         const char *const *argv)
{
    pid_t keeper = 0;
    apr_file_t *file;
    ends_t ends = {.argv = argv, .folder = job->folder};
    EJ_TRY(ej_spool_open(&file, job->pool));
    apr_os_file_get(&ends.out, file);
    EJ_TRY(start(&keeper, job, &ends));
    EJ_TRY(watch(job, keeper, ends.life));
    return read_output(output, job, file);
}
