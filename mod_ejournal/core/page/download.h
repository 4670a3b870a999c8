/* download.h: sends a file of the database.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_DOWNLOAD_H
#define EJ_DOWNLOAD_H

#include "page/ctx.h"

/* Send the file of the page's `:file` query as an attachment, so that no
 * browser shows it as a page of this site. Returns as ej_send_answer. */
int ej_download_send(ej_ctx_t *c);

#endif
