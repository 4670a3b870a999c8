/* day.h: days of the calendar and times of a day.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_DAY_H
#define EJ_DAY_H

#include <apr_pools.h>

/* Whether s is a day YYYY-MM-DD of the calendar, 1900 to 2199. */
int ej_day_is(const char *s);
/* A day as it is written in a form, YYYY-MM-DD (what browsers send for an
 * input of type date) or DD.MM.YYYY (what people type where a browser has no
 * such input), as YYYY-MM-DD; NULL if s is neither. */
const char *ej_day_read(apr_pool_t *pool, const char *s);
/* Whether s is a time of day HH:MM, 00:00 to 23:59. */
int ej_day_is_time(const char *s);

#endif
