/* day.c: days of the calendar, written YYYY-MM-DD, and times of a day, HH:MM.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "text/day.h"

#include <apr_strings.h>
#include <string.h>

int ej_day_is(const char *s)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30,
                                  31, 31, 30, 31, 30, 31};
    for (int i = 0; i < 10; i++)
        if (i == 4 || i == 7 ? s[i] != '-' : s[i] < '0' || s[i] > '9')
            return 0;
    if (s[10])
        return 0;

    int year = (s[0] - '0') * 1000 + (s[1] - '0') * 100 + (s[2] - '0') * 10 +
               (s[3] - '0');
    int month = (s[5] - '0') * 10 + (s[6] - '0');
    int day = (s[8] - '0') * 10 + (s[9] - '0');
    if (year < 1900 || year > 2199 || month < 1 || month > 12)
        return 0;
    int is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    int last = lengths[month - 1] + (month == 2 && is_leap);
    return day >= 1 && day <= last;
}

const char *ej_day_read(apr_pool_t *pool, const char *s)
{
    if (strlen(s) == 10 && s[2] == '.' && s[5] == '.')
        s = apr_psprintf(pool, "%.4s-%.2s-%.2s", s + 6, s + 3, s);
    return ej_day_is(s) ? s : NULL;
}

int ej_day_is_time(const char *s)
{
    for (int i = 0; i < 5; i++)
        if (i == 2 ? s[i] != ':' : s[i] < '0' || s[i] > '9')
            return 0;
    int hour = (s[0] - '0') * 10 + (s[1] - '0');
    return !s[5] && hour < 24 && s[3] < '6';
}
