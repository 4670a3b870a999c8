/* calendar.h: makes a reply that is a calendar.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_CALENDAR_H
#define EJ_CALENDAR_H

#include "page/ctx.h"

/* Set *text to the calendar made of the results of ej_page_calendar's queries.
 * Errors: JE500. */
ej_err_t *ej_calendar_write(const char **text, apr_size_t *length, ej_ctx_t *c);

#endif
