/* clock.h: a clock for waiting.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_CLOCK_H
#define EJ_CLOCK_H

#include <apr_time.h>

/* The time since the machine was started, which nobody can set. Every deadline
 * and pause of this process is measured by it: with the clock of the day a step
 * back by a day would keep a password's verdict, or refuse everybody, for a
 * day. What is stored gets its time from the database. */
apr_time_t ej_clock(void);

#endif
