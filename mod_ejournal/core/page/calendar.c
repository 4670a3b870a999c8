/* calendar.c: a reply that is a calendar, made of the results of three queries.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/calendar.h"

#include "http/origin.h"
#include "out/ical.h"

/* The host of this site, without scheme. */
static const char *host_of(ej_ctx_t *c)
{
    const char *self = ej_origin_self(c->request);
    const char *host = strstr(self, "://");
    return host ? host + 3 : self;
}

ej_err_t *ej_calendar_write(const char **text, apr_size_t *length, ej_ctx_t *c)
{
    const ej_entry_t *entries =
        &APR_ARRAY_IDX(c->queue, c->calendar_at, ej_entry_t);
    ej_ical_t rows = {entries[0].result, entries[1].result, entries[2].result,
                      host_of(c)};
    return ej_ical_write(text, length, c->pool, &rows);
}
