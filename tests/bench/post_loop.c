/* post_loop.c: sends the same letter so many times over one connection by libcurl, with nothing
 * else: what Bench::Post compares the module with.
 *     post_loop smtp://127.0.0.1:2525 5000 letter.eml
 * SPDX-License-Identifier: Apache-2.0
 */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const char *bytes;
    size_t left;
} rest_t;

static size_t give(char *buffer, size_t size, size_t n, void *rest_)
{
    rest_t *rest = rest_;
    size_t most = size * n < rest->left ? size * n : rest->left;
    memcpy(buffer, rest->bytes, most);
    rest->bytes += most;
    rest->left -= most;
    return most;
}

int main(int argc, char **argv)
{
    static char bytes[65536];
    FILE *file = argc == 4 ? fopen(argv[3], "rb") : NULL;
    if (!file)
        return 2;
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    CURL *curl = curl_easy_init();
    for (int i = 1; i <= atoi(argv[2]); i++) {
        char to[40];
        rest_t rest = {bytes, length};
        snprintf(to, sizeof to, "n%d@home.test", i);
        struct curl_slist *list = curl_slist_append(NULL, to);
        curl_easy_reset(curl);
        curl_easy_setopt(curl, CURLOPT_URL, argv[1]);
        curl_easy_setopt(curl, CURLOPT_MAIL_FROM, "journal@school.test");
        curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, list);
        curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
        curl_easy_setopt(curl, CURLOPT_READDATA, &rest);
        CURLcode rv = curl_easy_perform(curl);
        curl_slist_free_all(list);
        if (rv != CURLE_OK) {
            fprintf(stderr, "%s\n", curl_easy_strerror(rv));
            return 1;
        }
    }
    curl_easy_cleanup(curl);
    return 0;
}
