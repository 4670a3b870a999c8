/* letter.c: the only file that writes letters by GMime.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "post/letter.h"

#include <apr_strings.h>
#include <gmime/gmime.h>

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

/* Set a header of plain ASCII that GMime has no function for. */
static void set_header(GMimeMessage *message, const char *name,
                       const char *value)
{
    g_mime_object_set_header(GMIME_OBJECT(message), name, value, NULL);
}

/* Add an address. Its name is written in UTF-8, where GMime would choose a
 * narrower alphabet. */
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
    add_address(message, GMIME_ADDRESS_TYPE_FROM, letter->from_name,
                letter->from);
    add_address(message, GMIME_ADDRESS_TYPE_TO, NULL, letter->to);
    g_mime_message_set_subject(message, subject_of(pool, letter->text),
                               "utf-8");
    GDateTime *at = g_date_time_new_from_unix_utc(letter->at);
    g_mime_message_set_date(message, at);
    g_date_time_unref(at);
    g_mime_message_set_message_id(message, letter->id);
    set_header(message, "Auto-Submitted", "auto-generated");
    if (letter->unsubscribe) { /* RFC 8058 */
        set_header(message, "List-Unsubscribe",
                   apr_pstrcat(pool, "<", letter->unsubscribe, ">", NULL));
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
