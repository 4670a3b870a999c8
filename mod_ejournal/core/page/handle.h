/* handle.h: handles one request, from its address to its reply.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_HANDLE_H
#define EJ_HANDLE_H

#include <httpd.h>

/* The handler hook: answers every request below a mount but static files.
 * Returns DECLINED where the journal is off or another handler was set, else
 * what Apache wants (OK, or 304). */
int ej_handle(request_rec *r);

#endif
