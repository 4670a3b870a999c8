/* mod_trip.c: a module that does wrong on purpose, so that tests/core/sanitize.t
 * sees the sanitizers catch it in this very build and this very Apache.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <httpd.h>
#include <http_config.h>
#include <http_protocol.h>

/* What the compiler cannot see through. */
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

/* httpd has a handler of its own for this, which must not win. */
static int nowhere(void)
{
    int *volatile wild = (int *)(64L * one);
    return *wild;
}

static int trip_handler(request_rec *r)
{
    if (!r->handler || strcmp(r->handler, "trip"))
        return DECLINED;
    int n = r->args && !strcmp(r->args, "address") ? freed_memory()
          : r->args && !strcmp(r->args, "undefined") ? overflow()
          : r->args && !strcmp(r->args, "nowhere") ? nowhere()
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
