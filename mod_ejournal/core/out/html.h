/* html.h: writes a result tree as HTML.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_HTML_H
#define EJ_HTML_H

#include <apr_pools.h>

/* Write a result tree (an xmlDocPtr) as HTML. NULL when the tree has anything
 * but plain elements, attributes and text: libxml2 must write it then. */
const char *ej_html_write(apr_size_t *length, apr_pool_t *pool, void *result);

#endif
