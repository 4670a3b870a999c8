/* clock.c: a clock for waiting.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "text/clock.h"

#include <time.h>

apr_time_t ej_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return apr_time_from_sec(now.tv_sec) + now.tv_nsec / 1000;
}
