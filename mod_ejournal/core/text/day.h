/* day.h: days of the calendar and times of a day.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_DAY_H
#define EJ_DAY_H

/* Whether s is a day YYYY-MM-DD of the calendar, 1900 to 2199. */
int ej_day_is(const char *s);
/* Whether s is a time of day HH:MM, 00:00 to 23:59. */
int ej_day_is_time(const char *s);

#endif
