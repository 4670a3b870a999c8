/* sheets.h: compiles the sheets at configtest.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_SHEETS_H
#define EJ_SHEETS_H

#include "conf/conf.h"

/* What stands in conf->sheets for a form of the school's own that does not
 * compile. */
extern const char ej_sheets_none[];
/* Compile the sheets of these features (and "error") in conf->share, and those
 * of their printed forms, print/<feature>[_<form>].xsl. A form in conf->forms,
 * else one in conf->region_forms, replaces the one in conf->share. Sets
 * conf->sheets and the digests. NULL or the line to show at
 * configtest; a form that does not compile is logged. */
const char *ej_sheets_load(ej_server_t *conf, apr_pool_t *pool,
                           apr_pool_t *ptemp,
                           const apr_array_header_t *features);
/* Compile one more sheet as name. NULL or the line to show. */
const char *ej_sheets_add(ej_server_t *conf, apr_pool_t *pool,
                          apr_pool_t *ptemp, const char *name,
                          const char *path);
/* Have parse read the file, which may name only files in the directories of
 * sheets, as a sheet may. NULL or the line to show. */
const char *ej_sheets_parse(void **made, const ej_server_t *conf,
                            apr_pool_t *ptemp, void *(*parse)(const char *path),
                            const char *path);
/* Whether a sheet was compiled: "journal", "print/journal". */
int ej_sheets_have(const ej_server_t *conf, const char *sheet);

#endif
