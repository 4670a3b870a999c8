/* out.h: transforms a document into the text of a reply.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_OUT_H
#define EJ_OUT_H

#include "conf/conf.h"
#include "doc/xml.h"
#include "out/format.h"

/* Transform doc by a sheet and set *text to the result in a format.
 * Errors: JE401 no table in it, JE500. */
ej_err_t *ej_out_transform(const char **text, apr_size_t *length,
                           request_rec *r, const ej_server_t *conf,
                           ej_doc_t *doc, const char *sheet,
                           ej_format_t format);
/* Transform doc by the form of a sheet in print/, in a pool of the caller's:
 * for one part of many. Errors: JE500. */
ej_err_t *ej_out_print(const char **text, request_rec *r, apr_pool_t *pool,
                       const ej_server_t *conf, ej_doc_t *doc,
                       const char *sheet);
/* Transform the document of a letter by a sheet of mail/ and set *text to the
 * result. Errors: JE500. */
ej_err_t *ej_out_letter(const char **text, server_rec *s, apr_pool_t *pool,
                        const ej_server_t *conf, ej_doc_t *doc,
                        const char *sheet);
/* Called with the tables (ej_table_t *) of a page; they live during the call.
 */
typedef ej_err_t *ej_out_table_t(void *data, const apr_array_header_t *tables);
/* Transform doc by a sheet and hand over the tables of the result. scratch is
 * for this call alone. Errors: JE500, and those of the call. */
ej_err_t *ej_out_tables(request_rec *r, const ej_server_t *conf, ej_doc_t *doc,
                        const char *sheet, apr_pool_t *scratch,
                        ej_out_table_t *each, void *data);
/* The Content-Type of a format. */
const char *ej_out_type(ej_format_t format);
#ifdef EJ_FAULTS
/* For tests: let the n-th piece of memory that libxml2 asks for in this thread
 * from now on be refused; 0: none. */
void ej_out_fail_at(long n);
#endif

#endif
