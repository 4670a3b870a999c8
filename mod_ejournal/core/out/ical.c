/* ical.c: writes a calendar of RFC 5545 by libical.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "out/ical.h"

#include <libical/ical.h>
#include <stdlib.h>

static apr_status_t free_calendar(void *root)
{
    icalcomponent_free(root);
    return APR_SUCCESS;
}

static const char *value(const ej_result_t *rows, int row, const char *column)
{
    return ej_result_get(rows, row, ej_result_column(rows, column));
}

static struct icaltimetype time_of(const ej_result_t *rows, int row,
                                   const char *column)
{
    return icaltime_from_string(value(rows, row, column));
}

/* Add the calendar's time zone to a time; a whole day has none. */
static icalproperty *in_zone(icalproperty *time, const char *tz)
{
    if (!icalvalue_get_datetimedate(icalproperty_get_value(time)).is_date)
        icalproperty_add_parameter(time, icalparameter_new_tzid(tz));
    return time;
}

static icalproperty *extension(const char *name, const char *text)
{
    icalproperty *property = icalproperty_new_x(text);
    icalproperty_set_x_name(property, name);
    return property;
}

/* Make the time zone: an observance for each offset, all of them STANDARD,
 * since a calendar needs no DAYLIGHT. */
static icalcomponent *zone_of(const ej_ical_t *rows, const char *tz)
{
    icalcomponent *zone = icalcomponent_vanew(
        ICAL_VTIMEZONE_COMPONENT, icalproperty_new_tzid(tz), (void *)0);
    for (int i = 0; i < ej_result_rows(rows->zone); i++) {
        int from = atoi(value(rows->zone, i, "offset_from"));
        int to = atoi(value(rows->zone, i, "offset_to"));
        icalcomponent_add_component(
            zone,
            icalcomponent_vanew(
                ICAL_XSTANDARD_COMPONENT,
                icalproperty_new_dtstart(time_of(rows->zone, i, "starts")),
                icalproperty_new_tzoffsetfrom(from),
                icalproperty_new_tzoffsetto(to), (void *)0));
    }
    return zone;
}

static icalcomponent *event_of(const ej_ical_t *rows, int i, const char *tz,
                               apr_pool_t *pool)
{
    const ej_result_t *events = rows->events;
    const char *place = value(events, i, "place");
    const char *text = value(events, i, "text");
    const char *uid =
        apr_psprintf(pool, "%s@%s", ej_result_get(events, i, 0), rows->host);
    icalcomponent *event = icalcomponent_vanew(
        ICAL_VEVENT_COMPONENT, icalproperty_new_uid(uid),
        icalproperty_new_dtstamp(time_of(rows->head, 0, "stamp")),
        in_zone(icalproperty_new_dtstart(time_of(events, i, "starts")), tz),
        in_zone(icalproperty_new_dtend(time_of(events, i, "ends")), tz),
        icalproperty_new_summary(value(events, i, "name")), (void *)0);
    if (place)
        icalcomponent_add_property(event, icalproperty_new_location(place));
    if (text)
        icalcomponent_add_property(event, icalproperty_new_description(text));
    if (*value(events, i, "is_cancelled") == 't')
        icalcomponent_add_property(
            event, icalproperty_new_status(ICAL_STATUS_CANCELLED));
    return event;
}

ej_err_t *ej_ical_write(const char **text, apr_size_t *length, apr_pool_t *pool,
                        const ej_ical_t *rows)
{
    const char *tz = value(rows->head, 0, "tz");
    icalcomponent *root = icalcomponent_vanew(
        ICAL_VCALENDAR_COMPONENT, icalproperty_new_version("2.0"),
        icalproperty_new_prodid("-//mod_ejournal//timetable//RU"),
        extension("X-WR-CALNAME", value(rows->head, 0, "name")),
        extension("X-WR-TIMEZONE", tz), extension("X-PUBLISHED-TTL", "PT6H"),
        zone_of(rows, tz), (void *)0);
    apr_pool_cleanup_register(pool, root, free_calendar, apr_pool_cleanup_null);
    for (int i = 0; i < ej_result_rows(rows->events); i++)
        icalcomponent_add_component(root, event_of(rows, i, tz, pool));
    char *written = icalcomponent_as_ical_string_r(root);
    if (!written)
        return ej_err(pool, JE500, NULL, "no calendar can be made");
    *text = apr_pstrdup(pool, written);
    *length = strlen(written);
    icalmemory_free_buffer(written);
    return NULL;
}
