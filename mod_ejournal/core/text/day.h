/* day.h: days of the calendar.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_DAY_H
#define EJ_DAY_H

/* Whether s is a day YYYY-MM-DD of the calendar, 1900 to 2199. */
int ej_day_is(const char *s);

#endif
