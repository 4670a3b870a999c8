/* unit_tap.h: what the unit tests of core/text/ need of TAP, and their pool.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_UNIT_TAP_H
#define EJ_UNIT_TAP_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/day.h"
#include "text/err.h"
#include "text/parse.h"
#include "text/text.h"

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

static apr_pool_t *pool;
static int tests, failed;

static inline void begin(void)
{
    if (apr_initialize() != APR_SUCCESS ||
        apr_pool_create(&pool, NULL) != APR_SUCCESS)
        exit(255);
}

static inline void ok(int is_right, const char *name)
{
    printf("%s %d - %s\n", is_right ? "ok" : "not ok", ++tests, name);
    failed += !is_right;
}

/* Both may be NULL. */
static inline void is(const char *found, const char *wanted, const char *name)
{
    int is_right =
        found && wanted ? strcmp(found, wanted) == 0 : found == wanted;
    ok(is_right, name);
    if (!is_right)
        printf("# found  %s\n# wanted %s\n", found ? found : "NULL",
               wanted ? wanted : "NULL");
}

static inline int end(void)
{
    printf("1..%d\n", tests);
    apr_terminate();
    return failed != 0;
}

#endif
