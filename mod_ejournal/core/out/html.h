/* html.h: a result tree written as HTML.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_HTML_H
#define EJ_HTML_H

#include <apr_pools.h>

/* A result tree (xmlDocPtr) as HTML; NULL when it is not a plain one. */
const char *ej_html_write(apr_size_t *length, apr_pool_t *pool, void *result);

#endif
