/* spool.h: temporary files of a request or job.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_SPOOL_H
#define EJ_SPOOL_H

#include <apr_file_io.h>

#include "ej.h"

/* Open an empty temporary file for writing and reading. It has no name any more
 * when this returns, so that nothing of it is left however the process ends. It
 * is closed with pool. Errors: JE500 no room, or no directory for it. */
ej_err_t *ej_spool_open(apr_file_t **file, apr_pool_t *pool);

#endif
