/* file.h: reads files at configtest.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_FILE_H
#define EJ_FILE_H

#include <apr_pools.h>

/* Read a file of at most 1 MB whole into ptemp; NULL or the line to show at
 * configtest. */
const char *ej_file_read(const char **text, apr_size_t *length,
                         apr_pool_t *pool, apr_pool_t *ptemp, const char *file);
/* Read a file likewise, but only a regular one that, with all links resolved,
 * is below one of dirs (NULL ends them); nothing else is opened. */
const char *ej_file_read_below(const char **text, apr_size_t *length,
                               apr_pool_t *ptemp, const char *file,
                               const char *const *dirs);

#endif
