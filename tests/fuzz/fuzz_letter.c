/* fuzz_letter.c: letters (core/post/letter.c). No name, address or text that
 * the database lets through makes a header, or ends them.
 *
 * Needs: core/post/letter.c gmime-3.0
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fuzz.h"

#include <apr_lib.h>
#include <apr_strings.h>

#include "post/letter.h"

/* Cut the next part, which ends with a byte 1, off the text. */
static const char *cut(char **text)
{
    char *part = *text, *end = strchr(part, 1);
    *text = end ? end + 1 : part + strlen(part);
    if (end)
        *end = '\0';
    return part;
}

/* Whether it can stand in SMTP, as ej.outbound has it checked. */
static int is_address(const char *text)
{
    const char *at = strchr(text, '@');
    for (const char *s = text; *s; s++)
        if (*s <= ' ' || *s > '~' || (at && s > at && strchr("<>", *s)))
            return 0;
    return at && at > text && at[1] && strlen(text) <= 254;
}

/* Check that one line is a header of those that are written, each once, or goes
 * on with the last. */
static void check_header(const char *line, size_t length, int *seen)
{
    static const char *const names[] = {
        "From:",         "To:",           "Subject:",
        "Date:",         "Message-Id:",   "Auto-Submitted:",
        "MIME-Version:", "Content-Type:", "Content-Transfer-Encoding:"};
    HOLDS(length <= 998 && !memchr(line, '\n', length) &&
          !memchr(line, '\r', length));
    if (*line == ' ' || *line == '\t')
        return;
    for (int i = 0; i < (int)(sizeof names / sizeof *names); i++)
        if (!strncasecmp(line, names[i], strlen(names[i]))) {
            HOLDS(!(*seen & 1 << i));
            *seen |= 1 << i;
            return;
        }
    HOLDS(!"a header that nobody wrote");
}

void run(apr_pool_t *pool, const char *text, size_t length)
{
    static int is_ready;
    apr_size_t n;
    int seen = 0;
    char *rest = apr_pstrmemdup(pool, text, length);
    if (!is_ready)
        ej_letter_init();
    is_ready = 1;
    ej_letter_t letter = {.from_name = cut(&rest),
                          .from = "journal@school.test",
                          .to = cut(&rest),
                          .id = "ej-1.abcdefghijklmnop@school.test",
                          .at = 1763600000};
    letter.text = rest;
    if (!ej_text_is_clean(letter.from_name, strlen(letter.from_name), 0) ||
        !ej_text_is_clean(rest, strlen(rest), 1) || !is_address(letter.to))
        return;
    const char *line = ej_letter_write(&n, pool, &letter);
    HOLDS(strlen(line) == n);
    for (const char *end; *line != '\r'; line = end + 2) {
        end = strstr(line, "\r\n");
        HOLDS(end);
        check_header(line, (size_t)(end - line), &seen);
    }
    HOLDS((seen & 0x1ff) == 0x1ff);
    for (line += 2; *line; line++)
        HOLDS(strchr("\r\n+/=", *line) || apr_isalnum(*line));
}
