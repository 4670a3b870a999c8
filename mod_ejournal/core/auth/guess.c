/* guess.c: remembers which addresses and log-ins the database told to wait, and
 * slows down refused guesses, so that a flood of guesses leaves the processors
 * to the pages.
 *
 * A guess that is refused from this memory costs no query. On Linux the kernel
 * then holds back the next reply on the same connection, which costs the server
 * neither a thread nor memory. New connections and a proxy's cannot be slowed
 * that way; for them some refusals sleep on their thread, and all others get a
 * page that was made before (page/brief.c).
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
#include "text/clock.h"

#define WAITERS 1024
/* The longest wait that is remembered, in seconds. It is short because a new
 * password, which only the database knows of, ends the wait early. */
#define LONGEST_WAIT 5
/* How many device tokens the database is asked about in a second while their
 * address waits. */
#define DEVICES 8
#define SLEEP apr_time_from_sec(1)
#define PACE 2000u /* bytes a second; a refusal is about as long */

/* One address and target that must wait, by digest. Another digest of the same
 * slot overwrites it; then the database is asked once more. */
typedef struct {
    unsigned char digest[16];
    apr_time_t until;
} ej_waiter_t;

static struct {
    apr_thread_mutex_t *mutex;
    int sleep_slots;   /* refusals that may still sleep on their threads */
    apr_time_t second; /* the second in which devices are counted */
    int devices;       /* asked about in this second */
    ej_waiter_t waiters[WAITERS];
} guesses; /* written before the threads start, then under mutex */

void ej_guess_child(apr_pool_t *pchild)
{
    apr_thread_mutex_create(&guesses.mutex, APR_THREAD_MUTEX_DEFAULT, pchild);
    if (ap_mpm_query(AP_MPMQ_MAX_THREADS, &guesses.sleep_slots) == APR_SUCCESS)
        guesses.sleep_slots /= 4;
}

/* --------------------------------------------------------------- waiters -- */

/* Add the client's address to a digest; of an IPv6 address the /64 network, as
 * in ej.guess_address. */
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

/* Set sum to the digest of address, target and device, and return its slot. */
static ej_waiter_t *find_slot(unsigned char sum[EJ_DIGEST],
                              const request_rec *r, const char *target,
                              const char *device)
{
    ej_digest_t *digest = ej_digest_new(r->pool);
    const char *parts[] = {ej_conf_server(r->server)->secret, target, device};
    add_address(digest, r);
    for (int i = 0; i < 3; i++)
        ej_digest_add(digest, parts[i], parts[i] ? strlen(parts[i]) : 0);
    ej_digest_end(digest, sum);
    return &guesses.waiters[(sum[30] << 8 | sum[31]) % WAITERS];
}

int ej_guess_wait(const request_rec *r, const char *target, const char *device)
{
    unsigned char sum[EJ_DIGEST];
    const ej_waiter_t *waiter = find_slot(sum, r, target, device);
    apr_time_t until = 0;
    apr_thread_mutex_lock(guesses.mutex);
    if (!memcmp(waiter->digest, sum, sizeof waiter->digest))
        until = waiter->until;
    apr_thread_mutex_unlock(guesses.mutex);
    apr_interval_time_t left = until - ej_clock();
    return left > 0 ? (int)apr_time_sec(left) + 1 : 0;
}

void ej_guess_must_wait(const request_rec *r, const char *target,
                        const char *device, int seconds)
{
    unsigned char sum[EJ_DIGEST];
    ej_waiter_t *waiter = find_slot(sum, r, target, device);
    if (seconds > LONGEST_WAIT)
        seconds = LONGEST_WAIT;
    apr_thread_mutex_lock(guesses.mutex);
    memcpy(waiter->digest, sum, sizeof waiter->digest);
    waiter->until = ej_clock() + apr_time_from_sec(seconds);
    apr_thread_mutex_unlock(guesses.mutex);
}

int ej_guess_may_ask(void)
{
    apr_time_t second = apr_time_sec(ej_clock());
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

/* End the slow pace once the reply was handed to the kernel (pool cleanup):
 * the delay already counts against the next reply. */
static apr_status_t unpace(void *c)
{
    set_pace(c, ~0u);
    return APR_SUCCESS;
}

/* Slow the connection down. TCP sends this reply at once, and holds the next
 * one back for the time that this one would have taken at the slow pace. A
 * client that sends its next guess before reading the last reply loses the
 * connection after this reply. A proxy's connection is left alone, since other
 * people share it. */
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

/* Sleep on this thread for a second. At most a quarter of the threads sleep; 0
 * when as many do already. */
static int sleep_a_second(void)
{
    apr_thread_mutex_lock(guesses.mutex);
    int has_slot = guesses.sleep_slots > 0;
    guesses.sleep_slots -= has_slot;
    apr_thread_mutex_unlock(guesses.mutex);
    if (!has_slot)
        return 0;
    apr_sleep(SLEEP);
    apr_thread_mutex_lock(guesses.mutex);
    guesses.sleep_slots++;
    apr_thread_mutex_unlock(guesses.mutex);
    return 1;
}

void ej_guess_pace(request_rec *r, ej_err_t *err)
{
    pace(r);
    err->is_brief = 1;
}

void ej_guess_slow(request_rec *r, ej_err_t *err)
{
    pace(r);
    err->is_brief = !sleep_a_second();
}
