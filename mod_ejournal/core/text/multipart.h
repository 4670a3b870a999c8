/* multipart.h: parses multipart/form-data, piece by piece. Pure, and fuzzed.
 *
 * The parser holds one buffer of fixed size, whatever the length of the body.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_MULTIPART_H
#define EJ_MULTIPART_H

#include "ej.h"

typedef struct ej_multipart_t ej_multipart_t;

/* One part: its field's name and, for a file, the file's name without folders
 * and control characters; "" when no file was chosen; NULL for other fields. */
typedef struct {
    const char *name, *file;
} ej_part_t;

/* Takes the next data of a part; n is 0 once, at its end. Returns EJ_OK, or a
 * code that ends the parsing. */
typedef ej_code_t ej_multipart_take_t(void *to, const ej_part_t *part,
                                      const char *data, apr_size_t n);

/* Make a parser for a body of this Content-Type; NULL for another type or one
 * without a usable boundary. */
ej_multipart_t *ej_multipart_new(apr_pool_t *pool, const char *type, int max,
                                 ej_multipart_take_t *take, void *to);
/* Parse the next data. Errors: JE100 malformed, or a part's header above 4 KB;
 * JE107 more than max parts; those of take. */
ej_code_t ej_multipart_feed(ej_multipart_t *m, const char *data, apr_size_t n);
/* JE100 when the body ended before its last boundary. */
ej_code_t ej_multipart_end(const ej_multipart_t *m);
/* The name of a file as the browser sent it, without folders and control
 * characters and at most 200 characters long. */
const char *ej_multipart_file_name(apr_pool_t *pool, const char *name);

#endif
