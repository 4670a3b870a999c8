/* qr.c: pictures of texts as QR codes.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/qr.h"

#include <qrencode.h>

#define MARGIN 4

/* The dark modules as runs of a path: a rectangle of height 1 for each. */
static const char *path_of(apr_pool_t *pool, const QRcode *code)
{
    apr_array_header_t *runs = apr_array_make(pool, 512, sizeof(char *));
    for (int y = 0; y < code->width; y++)
        for (int x = 0; x < code->width; x++) {
            const unsigned char *row = code->data + y * code->width;
            int begin = x;
            while (x < code->width && row[x] & 1)
                x++;
            if (x > begin)
                APR_ARRAY_PUSH(runs, const char *) =
                    apr_psprintf(pool, "M%d,%dh%dv1h-%dz", begin + MARGIN,
                                 y + MARGIN, x - begin, x - begin);
        }
    return apr_array_pstrcat(pool, runs, 0);
}

ej_err_t *ej_qr_set(ej_ctx_t *c, ej_node_t *node, const char *text)
{
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (!code)
        return ej_err(c->pool, JE500, NULL, "no QR code can be made");
    ej_page_set(c, node, "path", path_of(c->pool, code));
    ej_page_set(c, node, "modules",
                apr_itoa(c->pool, code->width + 2 * MARGIN));
    QRcode_free(code);
    return NULL;
}
