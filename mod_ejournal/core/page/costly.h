/* costly.h: bounds how many reports and books a child makes at once
 * (ej_page_costly in ej.h).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_COSTLY_H
#define EJ_COSTLY_H

#include "page/ctx.h"

/* Make this child's turns, before its threads start. */
void ej_costly_child(apr_pool_t *pchild, server_rec *s);
/* Give the page's turn back, if it has one: before the first byte is sent, or a
 * slow client would keep it. The end of the request does so, too. */
void ej_costly_leave(ej_ctx_t *c);

#endif
