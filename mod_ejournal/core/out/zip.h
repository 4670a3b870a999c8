/* zip.h: writes ZIP files (APPNOTE 6.3.3), without compression.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_ZIP_H
#define EJ_ZIP_H

#include <apr_file_io.h>
#include <apr_tables.h>

#include "ej.h"

typedef struct ej_zip_t ej_zip_t;

/* Begin a ZIP in a temporary file. Lives: with pool. Errors: JE510. */
ej_err_t *ej_zip_open(ej_zip_t **made, apr_pool_t *pool);
/* Add a file of this name (UTF-8) with the content of a temporary file, from
 * its beginning on. Errors: JE510. */
ej_err_t *ej_zip_add(ej_zip_t *zip, const char *name, apr_file_t *content);
/* End the ZIP with its list of files; *file is at its beginning. Errors: JE510.
 */
ej_err_t *ej_zip_close(apr_file_t **file, apr_off_t *length, ej_zip_t *zip);

#endif
