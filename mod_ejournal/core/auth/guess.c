/* guess.c: who must wait before guessing again, as the database last said, and
 * what keeps a flood of guesses from taking the processors from the pages.
 *
 * Refused here, a guess costs no query. Its answer goes out slowly: on Linux
 * the kernel holds back whatever follows it on its connection, which costs
 * neither a thread nor memory of ours; and some refusals sleep on a thread,
 * for connections that cannot be slowed so (new ones, a proxy's).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "auth/guess.h"

#include <sys/ioctl.h>
#include <sys/socket.h>
#ifdef __linux__
#include <linux/sockios.h>
#endif

#include <ap_mpm.h>
#include <apr_portable.h>
#include <apr_thread_mutex.h>
#include <http_core.h>

#include "conf/digest.h"

#define WAITERS 1024
#define BELIEVED 5 /* seconds: a new password ends the waiting meanwhile */
/* Browsers with a mark that the database is asked about in a second while their
 * address waits. */
#define DEVICES 8
#define SLEEP apr_time_from_sec(1)
#define PACE 2000u /* bytes a second: a refusal takes about one */

/* One who must wait. Another who falls on the same place overwrites it; then
 * the database is asked once more. */
typedef struct {
    unsigned char who[16];
    apr_time_t until;
} ej_waiter_t;

static struct {
    apr_thread_mutex_t *mutex;
    int sleepers_left; /* refusals that may still sleep on their threads */
    apr_time_t second; /* that devices is about */
    int devices;       /* asked about in this second */
    ej_waiter_t waiters[WAITERS];
} guesses; /* written before the threads start, then under mutex */

void ej_guess_child(apr_pool_t *pchild)
{
    apr_thread_mutex_create(&guesses.mutex, APR_THREAD_MUTEX_DEFAULT, pchild);
    if (ap_mpm_query(AP_MPMQ_MAX_THREADS, &guesses.sleepers_left) ==
        APR_SUCCESS)
        guesses.sleepers_left /= 4;
}

/* ------------------------------------------------------------- who waits -- */

/* Add the client's address; of an IPv6 subscriber the /64, as in
 * ej.guess_address. */
static void add_address(ej_digest_t *digest, const request_rec *r)
{
    const apr_sockaddr_t *address = r->useragent_addr;
#if APR_HAVE_IPV6
    if (address->family == APR_INET6 && strchr(r->useragent_ip, ':')) {
        ej_digest_add(digest, (const char *)&address->sa.sin6.sin6_addr, 8);
        return;
    }
#endif
    ej_digest_add(digest, r->useragent_ip, strlen(r->useragent_ip));
}

static ej_waiter_t *waiter(unsigned char who[EJ_DIGEST], const request_rec *r,
                           const char *what, const char *device)
{
    ej_digest_t *digest = ej_digest_new(r->pool);
    const char *parts[] = {ej_conf_server(r->server)->secret, what, device};
    add_address(digest, r);
    for (int i = 0; i < 3; i++)
        ej_digest_add(digest, parts[i], parts[i] ? strlen(parts[i]) : 0);
    ej_digest_end(digest, who);
    return &guesses.waiters[(who[30] << 8 | who[31]) % WAITERS];
}

int ej_guess_wait(const request_rec *r, const char *what, const char *device)
{
    unsigned char who[EJ_DIGEST];
    const ej_waiter_t *w = waiter(who, r, what, device);
    apr_time_t until = 0;
    apr_thread_mutex_lock(guesses.mutex);
    if (!memcmp(w->who, who, sizeof w->who))
        until = w->until;
    apr_thread_mutex_unlock(guesses.mutex);
    apr_interval_time_t left = until - apr_time_now();
    return left > 0 ? (int)apr_time_sec(left) + 1 : 0;
}

void ej_guess_must_wait(const request_rec *r, const char *what,
                        const char *device, int seconds)
{
    unsigned char who[EJ_DIGEST];
    ej_waiter_t *w = waiter(who, r, what, device);
    apr_thread_mutex_lock(guesses.mutex);
    memcpy(w->who, who, sizeof w->who);
    w->until = apr_time_now() +
               apr_time_from_sec(seconds < BELIEVED ? seconds : BELIEVED);
    apr_thread_mutex_unlock(guesses.mutex);
}

int ej_guess_may_ask(void)
{
    apr_time_t second = apr_time_sec(apr_time_now());
    apr_thread_mutex_lock(guesses.mutex);
    if (guesses.second != second) {
        guesses.second = second;
        guesses.devices = 0;
    }
    int may = guesses.devices < DEVICES;
    guesses.devices += may;
    apr_thread_mutex_unlock(guesses.mutex);
    return may;
}

/* -------------------------------------------------------------- slowness -- */

#if defined(SO_MAX_PACING_RATE) && defined(SIOCOUTQ)

static int descriptor(conn_rec *c)
{
    apr_os_sock_t fd = -1;
    apr_socket_t *socket = ap_get_conn_socket(c);
    return socket && apr_os_sock_get(&fd, socket) == APR_SUCCESS ? fd : -1;
}

static void set_pace(conn_rec *c, unsigned rate)
{
    int fd = descriptor(c);
    if (fd >= 0)
        setsockopt(fd, SOL_SOCKET, SO_MAX_PACING_RATE, &rate, sizeof rate);
}

/* The answer was handed to the kernel: only what follows it has to wait. */
static apr_status_t unpace(void *c)
{
    set_pace(c, ~0u);
    return APR_SUCCESS;
}

/* TCP sends this answer at once and counts the time that it would have taken
 * at this pace: the next one on the connection waits that long. Who sends the
 * next guess without having read the last answer is cut off after this one.
 * Behind a proxy other people share the connection. */
static void pace(request_rec *r)
{
    conn_rec *c = r->connection;
    int unread = 0, fd = c->master ? -1 : descriptor(c);
    if (fd < 0 || strcmp(c->client_ip, r->useragent_ip))
        return;
    if (!ioctl(fd, SIOCOUTQ, &unread) && unread > 0)
        c->keepalive = AP_CONN_CLOSE;
    set_pace(c, PACE);
    apr_pool_cleanup_register(r->pool, c, unpace, apr_pool_cleanup_null);
}

#else

static void pace(request_rec *r)
{
    (void)r;
}

#endif

/* At most a quarter of the threads sleep; refusals beyond that go out at
 * once. */
static void sleep_a_second(void)
{
    apr_thread_mutex_lock(guesses.mutex);
    int is_in = guesses.sleepers_left > 0;
    guesses.sleepers_left -= is_in;
    apr_thread_mutex_unlock(guesses.mutex);
    if (!is_in)
        return;
    apr_sleep(SLEEP);
    apr_thread_mutex_lock(guesses.mutex);
    guesses.sleepers_left++;
    apr_thread_mutex_unlock(guesses.mutex);
}

void ej_guess_pace(request_rec *r)
{
    pace(r);
}

void ej_guess_slow(request_rec *r)
{
    pace(r);
    sleep_a_second();
}
