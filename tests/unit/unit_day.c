/* unit_day.c: day.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "unit_tap.h"

static const struct {
    const char *text;
    int is_day;
} table[] = {
    {"2026-11-22", 1},
    {"1900-01-01", 1},
    {"2199-12-31", 1},
    {"1899-12-31", 0},
    {"2200-01-01", 0},
    {"2024-02-29", 1},
    {"2026-02-29", 0},
    {"2000-02-29", 1},
    {"1900-02-29", 0},
    {"2100-02-29", 0},
    {"2026-02-28", 1},
    {"2026-01-31", 1},
    {"2026-04-31", 0},
    {"2026-04-30", 1},
    {"2026-12-32", 0},
    {"2026-00-10", 0},
    {"2026-13-10", 0},
    {"2026-10-00", 0},
    {"", 0},
    {"2026", 0},
    {"2026-11-2", 0},
    {"2026-11-222", 0},
    {"2026-11-22 ", 0},
    {" 2026-11-22", 0},
    {"2026/11/22", 0},
    {"26-11-22", 0},
    {"2026-1-22", 0},
    {"-026-11-22", 0},
    {"+026-11-22", 0},
    {"2026-11-2a", 0},
    {"today", 0},
    {"22.11.2026", 0},
};

static const struct {
    const char *text, *day;
} forms[] = {
    {"2026-11-22", "2026-11-22"}, {"22.11.2026", "2026-11-22"},
    {"29.02.2024", "2024-02-29"}, {"29.02.2026", NULL},
    {"11.22.2026", NULL},         {"22.11.26", NULL},
    {"22.11.2026 ", NULL},        {"22-11-2026", NULL},
    {"..........", NULL},         {"", NULL},
};

static const struct {
    const char *text;
    int is_time;
} times[] = {
    {"00:00", 1}, {"08:30", 1}, {"19:59", 1},  {"23:59", 1},    {"24:00", 0},
    {"12:60", 0}, {"8:30", 0},  {"08:30 ", 0}, {"08:30:00", 0}, {"08.30", 0},
    {"", 0},      {"08:3", 0},  {"0a:30", 0},  {"-1:30", 0},
};

int main(void)
{
    begin();
    for (int i = 0; i < COUNT(table); i++)
        ok(ej_day_is(table[i].text) == table[i].is_day,
           apr_psprintf(pool, "\"%s\" is %s day", table[i].text,
                        table[i].is_day ? "a" : "no"));
    for (int i = 0; i < COUNT(forms); i++) {
        const char *day = ej_day_read(pool, forms[i].text);
        ok(day && forms[i].day ? !strcmp(day, forms[i].day)
                               : day == forms[i].day,
           apr_psprintf(pool, "\"%s\" in a form is %s", forms[i].text,
                        forms[i].day ? forms[i].day : "no day"));
    }
    for (int i = 0; i < COUNT(times); i++)
        ok(ej_day_is_time(times[i].text) == times[i].is_time,
           apr_psprintf(pool, "\"%s\" is %s time", times[i].text,
                        times[i].is_time ? "a" : "no"));
    return end();
}
