/* freeze.h: numbered copies of printed documents; the functions are in ej.h.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_FREEZE_H
#define EJ_FREEZE_H

#include "page/ctx.h"

#endif
