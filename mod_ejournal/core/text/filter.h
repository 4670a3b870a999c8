/* filter.h: parses the filter of a request for a list of OneRoster.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_FILTER_H
#define EJ_FILTER_H

#include "ej.h"

/* Parse familyName~'iv' AND status='active': comparisons joined by AND, or all
 * by OR. A field is letters and digits, of an object's member with a point; an
 * operator one of = != > >= < <= ~; a value stands in apostrophes, with one of
 * its own doubled. *json becomes {"any":…,"terms":[[field,operator,value],…]}.
 * Returns EJ_OK, or JE180 for anything else, and for more than 10 comparisons.
 */
ej_code_t ej_filter_read(const char **json, apr_pool_t *pool, const char *text);

#endif
