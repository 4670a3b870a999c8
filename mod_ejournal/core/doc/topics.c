/* topics.c: reads the topics of the guides and searches them.
 *
 * Each file is parsed once; a page gets a copy of the elements that it shows.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "doc/topics.h"

#include <apr_file_info.h>
#include <apr_lib.h>

#include "conf/file.h"
#include "text/text.h"

struct ej_topics_t {
    apr_array_header_t *topics; /* ej_topic_t */
    apr_array_header_t *guides; /* ej_topic_t */
    apr_array_header_t *parts;  /* ej_topic_t: within topics */
};

/* The elements of a topic that have an address of their own, and the attribute
 * that names it. */
static const struct {
    const char *element, *name;
} parts[] = {{"error", "code"}, {"directive", "name"}, {"command", "name"}};

/* ----------------------------------------------------------------- words -- */

const char *ej_topics_words(apr_pool_t *pool, const char *text)
{
    const unsigned char *from =
        (const unsigned char *)ej_text_lower(pool, text);
    char *made = apr_palloc(pool, 2 * strlen(text) + 2), *to = made;
    int is_within = 0;
    for (; *from; from++) {
        int is_letter = *from >= 0x80 || apr_isalnum(*from);
        if (from[0] == 0xc2) /* a no-break space, quotation marks */
            from++, is_letter = 0;
        else if (from[0] == 0xe2 && from[1] && from[2]) /* dashes */
            from += 2, is_letter = 0;
        if (is_letter && !is_within)
            *to++ = ' ';
        is_within = is_letter;
        if (from[0] == 0xd1 && from[1] == 0x91) {
            *to++ = (char)0xd0, *to++ = (char)0xb5;
            from++;
        }
        else if (is_letter)
            *to++ = (char)*from;
    }
    *to = '\0';
    return made;
}

/* Cut the last two letters of a Russian word, but leave four. */
static void cut_ending(char *word)
{
    apr_size_t length = strlen(word);
    if ((unsigned char)word[1] < 0x80) /* word[0] is the blank */
        return;
    for (int i = 0; i < 2 && length > 1 + 2 * 4; i++)
        length -= 2;
    word[length] = '\0';
}

/* How well a topic fits the words: 0 when it lacks one. */
static int score(const ej_topic_t *topic, const apr_array_header_t *words)
{
    int sum = 0;
    for (int i = 0; i < words->nelts; i++) {
        const char *word = APR_ARRAY_IDX(words, i, const char *);
        if (strstr(topic->head, word))
            sum += 3;
        else if (strstr(topic->text, word))
            sum += 1;
        else
            return 0;
    }
    return sum;
}

/* The words to search for, each with the blank before it. */
static apr_array_header_t *search_words(apr_pool_t *pool, const char *find)
{
    apr_array_header_t *words = apr_array_make(pool, 4, sizeof(char *));
    const char *at = ej_topics_words(pool, find);
    while (*at) {
        apr_size_t length = 1 + strcspn(at + 1, " ");
        char *word = apr_pstrmemdup(pool, at, length);
        cut_ending(word);
        APR_ARRAY_PUSH(words, const char *) = word;
        at += length;
    }
    return words;
}

apr_array_header_t *ej_topics_search(const ej_server_t *conf, apr_pool_t *pool,
                                     const char *find, int max)
{
    apr_array_header_t *words = search_words(pool, find);
    apr_array_header_t *found = apr_array_make(pool, 16, sizeof(ej_topic_t *));
    const apr_array_header_t *lists[] = {conf->topics->topics,
                                         conf->topics->parts};
    for (int sum = 3 * words->nelts; sum > 0; sum--)
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < lists[i]->nelts && found->nelts < max; j++) {
                const ej_topic_t *topic =
                    &APR_ARRAY_IDX(lists[i], j, ej_topic_t);
                if (score(topic, words) == sum)
                    APR_ARRAY_PUSH(found, const ej_topic_t *) = topic;
            }
    return found;
}

/* --------------------------------------------------------------- reading -- */

static void add(apr_array_header_t *list, const char *key, const char *anchor,
                const ej_node_t *node)
{
    apr_pool_t *pool = list->pool;
    const char *title = ej_xml_get(node, "title");
    const char *about = ej_xml_get(node, "about");
    const char *head = apr_pstrcat(pool, title ? title : anchor, " ",
                                   about ? about : "", NULL);
    ej_topic_t *topic = apr_array_push(list);
    topic->key = key;
    topic->anchor = anchor;
    topic->node = node;
    topic->head = ej_topics_words(pool, head);
    topic->text = ej_topics_words(pool, ej_xml_texts(pool, node));
}

static void add_parts(apr_array_header_t *list, const char *key,
                      ej_node_t *topic)
{
    for (apr_size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        ej_node_t *node = ej_xml_child(topic, parts[i].element);
        for (; node; node = ej_xml_next(node, parts[i].element))
            add(list, key, ej_xml_get(node, parts[i].name), node);
    }
}

/* Read one file; its root has the attribute title. */
static const char *read_one(apr_array_header_t *list, const char *path,
                            const char *key, apr_pool_t *ptemp)
{
    const char *text;
    apr_size_t length;
    apr_pool_t *pool = list->pool;
    const char *wrong = ej_file_read(&text, &length, ptemp, ptemp, path);
    if (wrong)
        return wrong;
    ej_node_t *node = ej_xml_page(ej_xml_doc(pool));
    if (!ej_xml_read(node, apr_pstrmemdup(ptemp, text, length)) ||
        !ej_xml_get(node, "title"))
        return apr_pstrcat(ptemp, path, " is no topic: XML with a title", NULL);
    ej_xml_set(node, "key", key);
    add(list, apr_pstrdup(pool, key), NULL, node);
    return NULL;
}

static int by_title(const void *a, const void *b)
{
    return strcmp(((const ej_topic_t *)a)->head, ((const ej_topic_t *)b)->head);
}

/* Read all files <key>.xml of a directory. */
static const char *read_all(apr_array_header_t *list, const char *dir,
                            apr_pool_t *ptemp)
{
    apr_dir_t *opened;
    apr_finfo_t found;
    const char *wrong = NULL;
    apr_status_t rv = apr_dir_open(&opened, dir, ptemp);
    if (rv != APR_SUCCESS)
        return apr_psprintf(ptemp, "%s: %pm", dir, &rv);
    while (!wrong &&
           apr_dir_read(&found, APR_FINFO_NAME, opened) == APR_SUCCESS) {
        apr_size_t length = strlen(found.name);
        if (length > 4 && !strcmp(found.name + length - 4, ".xml"))
            wrong = read_one(
                list, apr_pstrcat(ptemp, dir, "/", found.name, NULL),
                apr_pstrmemdup(ptemp, found.name, length - 4), ptemp);
    }
    apr_dir_close(opened);
    qsort(list->elts, list->nelts, sizeof(ej_topic_t), by_title);
    return wrong;
}

/* NULL, or the guide's reference to a topic that there is not. */
static const char *check_guide(const struct ej_topics_t *made,
                               const ej_topic_t *guide, apr_pool_t *ptemp)
{
    ej_node_t *part = ej_xml_child((ej_node_t *)guide->node, "part");
    for (; part; part = ej_xml_next(part, "part"))
        for (ej_node_t *ref = ej_xml_child(part, "topic"); ref;
             ref = ej_xml_next(ref, "topic"))
            if (!ej_topics_find(made->topics, ej_xml_get(ref, "key")))
                return apr_pstrcat(ptemp, "the guide ", guide->key,
                                   " names a topic that is not there: ",
                                   ej_xml_get(ref, "key"), NULL);
    return NULL;
}

const char *ej_topics_load(ej_server_t *conf, apr_pool_t *pool,
                           apr_pool_t *ptemp)
{
    struct ej_topics_t *made = apr_pcalloc(pool, sizeof *made);
    const char *dir = apr_pstrcat(ptemp, conf->share, "/xslt/help", NULL);
    made->topics = apr_array_make(pool, 128, sizeof(ej_topic_t));
    made->guides = apr_array_make(pool, 16, sizeof(ej_topic_t));
    made->parts = apr_array_make(pool, 256, sizeof(ej_topic_t));
    const char *wrong = read_all(made->topics, dir, ptemp);
    if (!wrong)
        wrong = read_all(made->guides, apr_pstrcat(ptemp, dir, "/guides", NULL),
                         ptemp);
    for (int i = 0; !wrong && i < made->topics->nelts; i++) {
        const ej_topic_t *topic = &APR_ARRAY_IDX(made->topics, i, ej_topic_t);
        add_parts(made->parts, topic->key, (ej_node_t *)topic->node);
    }
    for (int i = 0; !wrong && i < made->guides->nelts; i++)
        wrong = check_guide(made, &APR_ARRAY_IDX(made->guides, i, ej_topic_t),
                            ptemp);
    conf->topics = made;
    return wrong;
}

const apr_array_header_t *ej_topics_all(const ej_server_t *conf)
{
    return conf->topics->topics;
}

const apr_array_header_t *ej_topics_guides(const ej_server_t *conf)
{
    return conf->topics->guides;
}

const ej_topic_t *ej_topics_find(const apr_array_header_t *list,
                                 const char *key)
{
    for (int i = 0; key && i < list->nelts; i++) {
        const ej_topic_t *topic = &APR_ARRAY_IDX(list, i, ej_topic_t);
        if (!strcmp(topic->key, key))
            return topic;
    }
    return NULL;
}
