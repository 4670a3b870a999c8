/* mod_trip.c: a module with deliberate errors, so that tests/core/sanitize.t
 * can check that the sanitizers catch errors in this build and this Apache.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <httpd.h>
#include <http_config.h>
#include <http_protocol.h>

/* A value that the compiler cannot know, so that it does not remove the errors.
 */
static volatile int one = 1;

static int freed_memory(void)
{
    char *volatile memory = malloc(8);
    memset(memory, one, 8);
    free(memory);
    return memory[one];
}

static int overflow(void)
{
    volatile int most = INT_MAX;
    return most + one;
}

/* Crash; the sanitizer must report it before httpd's own handler of SIGSEGV. */
static int nowhere(void)
{
    int *volatile wild = (int *)(64L * one);
    return *wild;
}

static int trip_handler(request_rec *r)
{
    if (!r->handler || strcmp(r->handler, "trip"))
        return DECLINED;
    int n = r->args && !strcmp(r->args, "address")     ? freed_memory()
            : r->args && !strcmp(r->args, "undefined") ? overflow()
            : r->args && !strcmp(r->args, "nowhere")   ? nowhere()
                                                       : 0;
    ap_rprintf(r, "%d\n", n);
    return OK;
}

static void trip_hooks(apr_pool_t *pool)
{
    (void)pool;
    ap_hook_handler(trip_handler, NULL, NULL, APR_HOOK_MIDDLE);
}

__attribute__((visibility("default"))) AP_DECLARE_MODULE(trip) = {
    STANDARD20_MODULE_STUFF, NULL, NULL, NULL, NULL, NULL, trip_hooks, 0,
};
