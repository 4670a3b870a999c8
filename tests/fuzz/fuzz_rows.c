/* fuzz_rows.c: rows.c. Whatever the file, the rows are clean JSON.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fuzz.h"
#include "text/rows.h"

void run(apr_pool_t *pool, const char *text, size_t length)
{
    ej_rows_t *rows = ej_rows_new(pool, 50);
    ej_code_t code = ej_rows_csv(rows, text, length);
    HOLDS(code == EJ_OK || code == JE104 || code == JE107 || code == JE131);
    const char *json = ej_rows_json(rows);
    HOLDS(!json || (json[0] == '[' && json[strlen(json) - 1] == ']' &&
                    ej_text_is_clean(json, strlen(json), 0)));
}
