/* ical.h: writes a calendar of RFC 5545.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_ICAL_H
#define EJ_ICAL_H

#include "db/result.h"
#include "ej.h"

/* The rows that a calendar is made of. Times are local, YYYYMMDDTHHMMSS; whole
 * days are YYYYMMDD, of which `ends` is the first after the last.
 *   head    one row: name, tz, stamp (UTC)
 *   zone    starts, offset_from, offset_to (seconds): the changes of tz, of
 *           which the first is the beginning
 *   events  an id in the first column; starts, ends, name, place, text,
 *           is_cancelled; place and text may be NULL
 * host is the second part of the events' UIDs. */
typedef struct {
    const ej_result_t *head, *zone, *events;
    const char *host;
} ej_ical_t;

/* Set *text to the calendar. Errors: JE500 it could not be made. */
ej_err_t *ej_ical_write(const char **text, apr_size_t *length, apr_pool_t *pool,
                        const ej_ical_t *rows);

#endif
