/* unzip.h: a ZIP archive that came as a file: a workbook, the CSV files of
 * OneRoster. Its entries are read within limits, and never become files.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_UNZIP_H
#define EJ_UNZIP_H

#include <apr_file_io.h>
#include <zip.h>

/* Open the archive from a copy of the file's descriptor; it is closed with pool.
 * NULL: it is none, or has too many entries. */
zip_t *ej_unzip_open(apr_pool_t *pool, apr_file_t *file);
/* The unpacked size of an entry, in bytes; -1 when there is no such entry within
 * the limits of size and ratio. */
zip_int64_t ej_unzip_size(zip_t *zip, const char *name);

#endif
