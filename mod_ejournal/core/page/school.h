/* school.h: the name of the only school of a database.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_SCHOOL_H
#define EJ_SCHOOL_H

#include "http/request.h"

/* Make this child's cache of the name, before its threads start. */
void ej_school_child(apr_pool_t *pchild, server_rec *s);
/* The short name of the only school there is, for a page without a session;
 * NULL when there are several, or the database did not tell. */
const char *ej_school_only(const ej_request_t *request);

#endif
