/* body.h: reads the fields of a request from its body or query string.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_BODY_H
#define EJ_BODY_H

#include "http/request.h"

/* Read the whole body: its fields into *form, its files (where the route takes
 * files) into request->files; the caller holds no database connection, since a
 * client may send slowly. Errors: JE100, JE109, JE117, those of ej_upload_take;
 * with rv AP_FILTER_ERROR where Apache has replied already. */
ej_err_t *ej_body_read(apr_table_t **form, ej_request_t *request);
/* The fields of the query string; an empty table when there is none. Errors:
 * JE100, JE107. */
ej_err_t *ej_body_query(apr_table_t **form, request_rec *r);

#endif
