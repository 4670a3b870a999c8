/* qr.h: pictures of texts as QR codes; its function is in ej.h.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_QR_H
#define EJ_QR_H

#include "page/ctx.h"

#endif
