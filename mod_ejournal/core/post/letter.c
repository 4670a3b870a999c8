/* letter.c: the only file that writes letters by GMime.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "post/letter.h"

#include <apr_base64.h>
#include <apr_strings.h>
#include <gmime/gmime.h>

#define WORD 42 /* bytes of text in an encoded word: 68 with the signs around */
#define PLAIN 60 /* the longest word that stands as it is */

void ej_letter_init(void)
{
    g_mime_init();
}

/* The first line of the text. */
static const char *subject_of(apr_pool_t *pool, const char *text)
{
    return apr_pstrmemdup(pool, text, strcspn(text, "\n"));
}

/* The text after its subject and the empty line. */
static const char *body_of(const char *text)
{
    text += strcspn(text, "\n");
    return text + strspn(text, "\n");
}

/* Whether a reader's program shows the text as it stands: visible ASCII with
 * single blanks, no word too long for a line and none that looks encoded. */
static int is_plain(const char *text)
{
    apr_size_t word = 0;
    for (const char *s = text; *s; s++) {
        word = *s == ' ' ? 0 : word + 1;
        if (*s < ' ' || *s > '~' || word > PLAIN ||
            (*s == ' ' && (s == text || !s[1] || s[1] == ' ')))
            return 0;
    }
    return !strstr(text, "=?");
}

/* The length of the next part of the text of at most WORD bytes, cut between
 * characters. */
static apr_size_t part_of(const char *text)
{
    apr_size_t n = strlen(text);
    if (n <= WORD)
        return n;
    for (n = WORD; n > 1 && (text[n] & 0xc0) == 0x80;)
        n--;
    return n;
}

/* A text of a header in encoded words (RFC 2047), each of whole characters and
 * after `between`, if it is not plain. GMime would cut none that is too long,
 * and leave a text that looks like an encoded word as it is. */
static const char *encoded(apr_pool_t *pool, const char *text,
                           const char *between)
{
    const char *made = "";
    if (is_plain(text))
        return text;
    while (*text) {
        apr_size_t n = part_of(text);
        char *word = apr_palloc(pool, apr_base64_encode_len(n));
        apr_base64_encode(word, text, n);
        made = apr_pstrcat(pool, made, *made ? between : "", "=?UTF-8?B?", word,
                           "?=", NULL);
        text += n;
    }
    return made;
}

/* Set a header that GMime has no function for. */
static void set_header(GMimeMessage *message, const char *name,
                       const char *value)
{
    g_mime_object_set_header(GMIME_OBJECT(message), name, value, NULL);
}

/* Set a header to a value whose lines are cut already. */
static void set_lines(GMimeMessage *message, apr_pool_t *pool, const char *name,
                      const char *lines)
{
    set_header(message, name, "-");
    GMimeHeaderList *list =
        g_mime_object_get_header_list(GMIME_OBJECT(message));
    g_mime_header_set_raw_value(g_mime_header_list_get_header(list, name),
                                apr_pstrcat(pool, " ", lines, "\n", NULL));
}

/* Add an address. */
static void add_address(GMimeMessage *message, GMimeAddressType type,
                        const char *name, const char *address)
{
    InternetAddress *mailbox = internet_address_mailbox_new(name, address);
    internet_address_set_charset(mailbox, "utf-8");
    internet_address_list_add(g_mime_message_get_addresses(message, type),
                              mailbox);
    g_object_unref(mailbox);
}

static void set_headers(GMimeMessage *message, apr_pool_t *pool,
                        const ej_letter_t *letter)
{
    add_address(message, GMIME_ADDRESS_TYPE_FROM,
                encoded(pool, letter->from_name, " "), letter->from);
    add_address(message, GMIME_ADDRESS_TYPE_TO, NULL, letter->to);
    const char *subject = subject_of(pool, letter->text);
    if (is_plain(subject))
        set_header(message, "Subject", subject);
    else
        set_lines(message, pool, "Subject", encoded(pool, subject, "\n "));
    GDateTime *at = g_date_time_new_from_unix_utc(letter->at);
    g_mime_message_set_date(message, at);
    g_date_time_unref(at);
    g_mime_message_set_message_id(message, letter->id);
    set_header(message, "Auto-Submitted", "auto-generated");
    if (letter->unsubscribe) { /* RFC 8058 */
        set_lines(message, pool, "List-Unsubscribe",
                  apr_pstrcat(pool, "\n <", letter->unsubscribe, ">", NULL));
        set_header(message, "List-Unsubscribe-Post",
                   "List-Unsubscribe=One-Click");
    }
}

/* Base64: a Cyrillic text in quoted-printable is half as long again. */
static void set_text(GMimeMessage *message, const ej_letter_t *letter)
{
    GMimeTextPart *part = g_mime_text_part_new_with_subtype("plain");
    g_mime_text_part_set_charset(part, "utf-8");
    g_mime_text_part_set_text(part, body_of(letter->text));
    g_mime_part_set_content_encoding(GMIME_PART(part),
                                     GMIME_CONTENT_ENCODING_BASE64);
    g_mime_message_set_mime_part(message, GMIME_OBJECT(part));
    g_object_unref(part);
}

const char *ej_letter_write(apr_size_t *length, apr_pool_t *pool,
                            const ej_letter_t *letter)
{
    GMimeMessage *message = g_mime_message_new(TRUE);
    set_headers(message, pool, letter);
    set_text(message, letter);
    GMimeFormatOptions *format = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
    GMimeStream *stream = g_mime_stream_mem_new();
    g_mime_object_write_to_stream(GMIME_OBJECT(message), format, stream);
    GByteArray *bytes =
        g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    *length = bytes->len;
    const char *made =
        apr_pstrmemdup(pool, (const char *)bytes->data, bytes->len);
    g_object_unref(stream);
    g_mime_format_options_free(format);
    g_object_unref(message);
    return made;
}
