/* file.h: files that are read at configtest.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_FILE_H
#define EJ_FILE_H

#include <apr_pools.h>

/* Read a file of at most 1 MB whole into ptemp; NULL or the line to show at
 * configtest. */
const char *ej_file_read(const char **text, apr_size_t *length,
                         apr_pool_t *pool, apr_pool_t *ptemp, const char *file);
/* The same of a regular file below one of dirs (NULL ends them) with all links
 * resolved, into ptemp; nothing else is opened. */
const char *ej_file_read_below(const char **text, apr_size_t *length,
                               apr_pool_t *ptemp, const char *file,
                               const char *const *dirs);

#endif
