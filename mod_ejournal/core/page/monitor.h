/* monitor.h: answers the programs that watch the server.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_MONITOR_H
#define EJ_MONITOR_H

#include "http/request.h"

/* Answer /health, /ready and /metrics; DECLINED any other path, and /metrics
 * for an address that EjournalMetrics does not name. */
int ej_monitor_answer(ej_request_t *request);
/* Write the journal's lines of mod_status, as flags say (its status_hook). */
int ej_monitor_status(request_rec *r, int flags);

#endif
