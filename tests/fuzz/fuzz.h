/* fuzz.h: what the fuzz targets share.
 *
 * Pools are replaced by malloc, so that AddressSanitizer sees the end of
 * every allocation and not only of a pool's block.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_FUZZ_H
#define EJ_FUZZ_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text/day.h"
#include "text/err.h"
#include "text/parse.h"
#include "text/text.h"

/* A property that must hold for every input. */
#define HOLDS(property)                                                        \
    do {                                                                       \
        if (!(property))                                                       \
            abort();                                                           \
    } while (0)

/* One run: text is the input behind a NUL, length without it. */
void run(apr_pool_t *pool, const char *text, size_t length);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length);

static struct block {
    struct block *next;
} * blocks;
static int is_running;

void *apr_palloc(apr_pool_t *pool, apr_size_t size)
{
    (void)pool;
    struct block *block = malloc(sizeof *block + 8 + size);
    if (!block)
        abort();
    if (is_running) {
        block->next = blocks;
        blocks = block;
    }
    return (char *)(block + 1) + 8; /* aligned as malloc's own */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length)
{
    static apr_pool_t *parent;
    apr_pool_t *pool;
    if (!parent) {
        apr_initialize();
        apr_pool_create(&parent, NULL);
    }
    apr_pool_create(&pool, parent);
    char *text = malloc(length + 1);
    memcpy(text, data, length);
    text[length] = '\0';
    is_running = 1;
    run(pool, text, length);
    is_running = 0;
    free(text);
    apr_pool_destroy(pool);
    while (blocks) {
        struct block *block = blocks;
        blocks = block->next;
        free(block);
    }
    return 0;
}

#endif
