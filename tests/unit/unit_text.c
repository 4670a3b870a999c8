/* unit_text.c: text.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "unit_tap.h"

static void clean(void)
{
    static const struct {
        const char *text, *name;
        int line, prose; /* whether it is clean as such */
    } table[] = {
        {"", "nothing is clean", 1, 1},
        {"Пётр I", "Cyrillic is clean", 1, 1},
        {"\xf0\x9f\x98\x80", "a character of four bytes is clean", 1, 1},
        {"a\tb", "a TAB belongs into prose only", 0, 1},
        {"a\nb", "a line break belongs into prose only", 0, 1},
        {"a\rb", "a carriage return belongs into prose only", 0, 1},
        {"a\x01", "a control character is not clean", 0, 0},
        {"a\x1f", "the last control character is not clean", 0, 0},
        {"a\x7f", "DEL is not clean, as in the database", 0, 0},
        {"\xc2\x80", "the first character of two bytes is clean", 1, 1},
        {"\xc1\xbf", "an overlong form of two bytes is not clean", 0, 0},
        {"\xc0\x80", "the overlong NUL is not clean", 0, 0},
        {"\xe0\x9f\xbf", "an overlong form of three bytes is not clean", 0, 0},
        {"\xf0\x8f\xbf\xbf", "one of four bytes neither", 0, 0},
        {"\xed\x9f\xbf", "U+D7FF is clean", 1, 1},
        {"\xed\xa0\x80", "a surrogate is not clean", 0, 0},
        {"\xed\xbf\xbf", "the last surrogate is not clean", 0, 0},
        {"\xee\x80\x80", "U+E000 is clean", 1, 1},
        {"\xef\xbf\xbd", "U+FFFD is clean", 1, 1},
        {"\xef\xbf\xbe", "U+FFFE is not clean", 0, 0},
        {"\xef\xbf\xbf", "U+FFFF is not clean", 0, 0},
        {"\xf0\x9f\xbf\xbe", "U+1FFFE is, in XML 1.0", 1, 1},
        {"\xf4\x8f\xbf\xbf", "U+10FFFF is clean", 1, 1},
        {"\xf4\x90\x80\x80", "what lies past it is not", 0, 0},
        {"\xf8\x88\x80\x80\x80", "a form of five bytes is not clean", 0, 0},
        {"\xff", "a byte of no form is not clean", 0, 0},
        {"\x80", "a following byte alone is not clean", 0, 0},
        {"\xd0", "a character cut after one byte is not clean", 0, 0},
        {"\xe2\x82", "nor one cut after two", 0, 0},
        {"\xd0 ", "nor one followed by a blank", 0, 0},
    };
    for (int i = 0; i < COUNT(table); i++) {
        apr_size_t length = strlen(table[i].text);
        ok(ej_text_is_clean(table[i].text, length, 0) == table[i].line &&
               ej_text_is_clean(table[i].text, length, 1) == table[i].prose,
           table[i].name);
    }
    ok(!ej_text_is_clean("a\0b", 3, 1), "a NUL inside is not clean");
    ok(ej_text_is_clean("\xd0\x9f", 2, 0) &&
           !ej_text_is_clean("\xd0\x9f", 1, 0),
       "what stands behind the length is not read");
}

static void lower(void)
{
    static const char *const table[][3] = {
        {"", "", "nothing stays nothing"},
        {"QWErty9-Z", "qwerty9-z", "Latin letters become small"},
        {"@[`{", "@[`{", "their neighbours stay"},
        {"ПАРОЛЬ", "пароль", "Russian letters become small"},
        {"АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ",
         "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "all thirty-three of them"},
        {"абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
         "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "small ones stay"},
        {"ЂӐÀ\xf0\x9f\x98\x80", "ЂӐÀ\xf0\x9f\x98\x80",
         "letters of others stay as they are"},
    };
    for (int i = 0; i < COUNT(table); i++)
        ok(!strcmp(ej_text_lower(pool, table[i][0]), table[i][1]), table[i][2]);
    ok(!strcmp(ej_text_lower(pool, "A\xd0"), "a\xd0"),
       "a letter that is cut does not lead past the end");
}

static void lengths(void)
{
    ok(ej_text_length("") == 0, "nothing has no characters");
    ok(ej_text_length("Пётр") == 4, "a letter of two bytes counts as one");
    ok(ej_text_length("\xf0\x9f\x98\x80!") == 2, "one of four bytes too");
}

static void trim(void)
{
    static const struct {
        const char *text, *wanted, *name;
    } table[] = {
        {"", "", "nothing stays nothing"},
        {"  ", "", "blanks alone go"},
        {" а б ", "а б", "blanks go from the ends only"},
        {"\t\r\n а\n\r\n", "а", "line breaks go from the ends"},
        {"\xc2\xa0 а\xc2\xa0", "а", "so do no-break spaces"},
        {"2/4\xe2\x80\x8b", "2/4", "and blanks of no width"},
        {"а\xc2\xa0б", "а\xc2\xa0б", "inside they stay"},
        {"а\r\nб", "а\nб", "CR LF becomes LF"},
        {"а\rб", "а\nб", "CR becomes LF"},
        {"а\r\r\nб", "а\n\nб", "CR CR LF becomes two"},
        {"\v а", "\v а", "a control character is no blank: it is refused"},
        {"\xa0", "\xa0", "a lone byte of the no-break space stays"},
    };
    for (int i = 0; i < COUNT(table); i++)
        is(ej_text_trim(pool, table[i].text), table[i].wanted, table[i].name);
}

/* The web addresses of a text, between blanks. */
static char *links(const char *text)
{
    char *found = "";
    apr_size_t length;
    for (const char *link; (link = ej_text_link(text, &length)) != NULL;
         text = link + length)
        found = apr_pstrcat(pool, found, *found ? " " : "",
                            apr_pstrmemdup(pool, link, length), NULL);
    return found;
}

static void addresses(void)
{
    static const struct {
        const char *text, *wanted, *name;
    } table[] = {
        {"", "", "nothing has no address"},
        {"§ 12, № 204", "", "nor has a plain text"},
        {"http://a.example", "http://a.example", "an address alone"},
        {"http://a.example/1 и https://b.example/2.",
         "http://a.example/1 https://b.example/2",
         "two addresses, the second without the full stop"},
        {"(см. https://c.example/A_(b)), «http://d.example/»,",
         "https://c.example/A_(b) http://d.example/",
         "a bracket of its own stays, the sentence's marks go"},
        {"http://a.example/x”.", "http://a.example/x", "so does a quotation"},
        {"http://a\nb http://c\xc2\xa0", "http://a http://c",
         "line breaks and no-break spaces end an address"},
        {"http:// https://... http://).", "",
         "a beginning without more is none"},
        {"http http: httphttps:/ ftp://x", "", "nor is another word"},
        {"http://http://http://", "http://http://http://",
         "one word is one address"},
        {"http://...http://b.", "http://...http://b", "whatever is in it"},
    };
    for (int i = 0; i < COUNT(table); i++)
        is(links(table[i].text), table[i].wanted, table[i].name);
}

static void codes(void)
{
    static const char *const same[] = {"AKTE0-00000-09201",
                                       "akte0 00000 09201",
                                       "AKTE00000009201.",
                                       "АКТЕ0-00000-09201",
                                       "актеО-ооооо-о92о1",
                                       "«Akte0 OOOOO 092Ol»",
                                       "ＡＫＴＥ０００００００９２０１",
                                       "aktё0–00000–0920I",
                                       "\xe2\x80\x8b"
                                       "AKTE0\xc2\xa0"
                                       "00000\t09201 "};
    for (int i = 0; i < COUNT(same); i++)
        is(ej_text_code(pool, same[i]), "AKTE00000009201", same[i]);
    is(ej_text_code(pool, "DEMO-7B-09"), "0EM07809", "look-alikes");
    is(ej_text_code(pool, "дем0 7в 09"), "?EM07809", "what looks like nothing");
    is(ej_text_code(pool, "ACEHKMPTXY0123456789"), "ACEHKMPTXY0123456789",
       "the signs of codes stay");
    is(ej_text_code(pool, "асенкмртхуОIзчб"), "ACEHKMPTXY01346",
       "in Russian letters as well");
    is(ej_text_code(pool, "-. «»"), "", "and there may be none");
}

static void arrays(void)
{
    const char *texts[] = {"5", NULL, "", "null", "a\"b\\c", "{,}", "Пётр"};
    is(ej_text_array(pool, texts, 0), "{}", "an array of none");
    is(ej_text_array(pool, texts, 1), "{\"5\"}", "an array of one");
    is(ej_text_array(pool, texts, COUNT(texts)),
       "{\"5\",NULL,\"\",\"null\",\"a\\\"b\\\\c\",\"{,}\",\"Пётр\"}",
       "NULL, empty, the word null, quotes and braces are told apart");
}

static void dispositions(void)
{
    is(ej_text_disposition(pool, "a-b_1.pdf"),
       "attachment; filename=\"a-b_1.pdf\"; filename*=UTF-8''a-b_1.pdf",
       "a plain name is itself");
    is(ej_text_disposition(pool, "Акт 1.pdf"),
       "attachment; filename=\"___ 1.pdf\"; "
       "filename*=UTF-8''%D0%90%D0%BA%D1%82%201.pdf",
       "Russian letters are encoded");
    is(ej_text_disposition(pool, "a\";\r\n\\%'.x"),
       "attachment; filename=\"a_______.x\"; "
       "filename*=UTF-8''a%22%3B%0D%0A%5C%25%27.x",
       "nothing ends the header or the quotes");
}

int main(void)
{
    begin();
    clean();
    lower();
    lengths();
    trim();
    addresses();
    codes();
    arrays();
    dispositions();
    return end();
}
