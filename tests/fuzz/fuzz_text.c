/* fuzz_text.c: text.c and day.c. What is clean stays so.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fuzz.h"

void run(apr_pool_t *pool, const char *text, size_t length)
{
    int is_line = ej_text_is_clean(text, length, 0);
    int is_prose = ej_text_is_clean(text, length, 1);
    HOLDS(!is_line || is_prose);
    HOLDS(!is_prose || strlen(text) == length);
    HOLDS(ej_text_length(text) <= length);

    char *trimmed = ej_text_trim(pool, text);
    HOLDS(strlen(trimmed) <= length && !strchr(trimmed, '\r'));
    HOLDS(!strcmp(ej_text_trim(pool, trimmed), trimmed));
    HOLDS(!is_prose || ej_text_is_clean(trimmed, strlen(trimmed), 1));

    apr_size_t link_length;
    for (const char *at = text, *link;
         (link = ej_text_link(at, &link_length)) != NULL;
         at = link + link_length)
        HOLDS(link >= at && link_length > 7 &&
              link + link_length <= text + length &&
              (!is_prose || ej_text_is_clean(link, link_length, 0)));

    const char *texts[] = {text, NULL, trimmed};
    char *array = ej_text_array(pool, texts, 3);
    HOLDS(!is_prose || ej_text_is_clean(array, strlen(array), 1));
    HOLDS(!ej_day_is(text) || strlen(text) == 10);
    HOLDS(!ej_day_is_time(text) || strlen(text) == 5);
    const char *number;
    HOLDS(!ej_parse_decimal(&number, pool, text, -5000, 5000, 3) ||
          !strchr(number, ','));
}
