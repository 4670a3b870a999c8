/* archive.h: printed documents as files that outlive the journal: a ZIP with
 * the HTML, the XML and the digests of each.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_ARCHIVE_H
#define EJ_ARCHIVE_H

#include <apr_file_io.h>

#include "conf/conf.h"
#include "ej.h"

typedef struct ej_archive_t ej_archive_t;

/* Begin an archive. Lives: with pool. Errors: JE510 no room, JE500 no style. */
ej_err_t *ej_archive_open(ej_archive_t **made, apr_pool_t *pool,
                          const ej_server_t *conf);
/* Begin the document <name>.html, <name>.xml. Errors: JE510. */
ej_err_t *ej_archive_begin(ej_archive_t *archive, const char *name);
/* Add a part to the document: its page, and its XML as ej_xml_dump wrote it.
 * The HTML has the style and the fonts within itself, and no script.
 * Errors: JE500, JE510. */
ej_err_t *ej_archive_add(ej_archive_t *archive, const char *html,
                         const char *xml);
/* Add to a file the text of a part from the tag at `from` up to `to`; the tag
 * itself only of the first part, so that a document of many parts has it once.
 * Adds nothing if a place is NULL. Errors: JE510. */
ej_err_t *ej_archive_put(apr_file_t *file, const char *from, const char *to,
                         int is_first);
/* The place of the last tag in text; NULL without one. */
const char *ej_archive_last(const char *text, const char *tag);
/* End the archive with the list of digests, SHA256SUMS; set *file to it, at its
 * beginning, and *length. Errors: JE510. */
ej_err_t *ej_archive_close(apr_file_t **file, apr_off_t *length,
                           ej_archive_t *archive);

#endif
