/* spool.h: temporary files of a request or job.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_SPOOL_H
#define EJ_SPOOL_H

#include <apr_file_io.h>

#include "ej.h"

/* Find the folder of the temporary files, before the threads start. */
void ej_spool_child(apr_pool_t *pchild);
/* That folder: TMPDIR or /tmp. */
const char *ej_spool_dir(void);
/* Make an empty temporary file there, opened with these flags of
 * APR (created, for reading and writing in any case), and set *name. */
apr_status_t ej_spool_named(apr_file_t **file, const char **name,
                            apr_int32_t flags, apr_pool_t *pool);
/* Make an empty folder there, which its user removes. Errors: JE510. */
ej_err_t *ej_spool_folder(const char **path, apr_pool_t *pool);
/* Open an empty temporary file for writing and reading. It has no name any more
 * when this returns, so that nothing of it is left however the process ends. It
 * is closed with pool. Errors: JE510. */
ej_err_t *ej_spool_open(apr_file_t **file, apr_pool_t *pool);
/* Append bytes. Errors: JE510 the disk is full, or another limit. */
ej_err_t *ej_spool_put(apr_file_t *file, const void *bytes, apr_size_t length);
/* Append a row of n texts; NULL stays NULL. Errors: JE510. */
ej_err_t *ej_spool_put_row(apr_file_t *file, const char *const *texts, int n);
/* Set texts to the next row; its texts live in pool. 0 at the end of the file.
 */
int ej_spool_next_row(const char **texts, int n, apr_file_t *file,
                      apr_pool_t *pool);
/* Write what is buffered, go to the beginning and set *length (may be NULL) to
 * the length of the file. Errors: JE510. */
ej_err_t *ej_spool_rewind(apr_off_t *length, apr_file_t *file);

#endif
