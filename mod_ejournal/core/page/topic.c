/* topic.c: puts topics and guides into the document of a page.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "doc/topics.h"
#include "page/ctx.h"

#define FOUND 30 /* topics that a search shows */

/* Append the head of a topic or guide: its attributes. */
static void add_head(ej_node_t *parent, const char *element,
                     const ej_topic_t *topic)
{
    ej_node_t *node = ej_xml_add(parent, element);
    ej_xml_copy_tree(node, topic->node, 0);
    ej_xml_set(node, "key", topic->key);
    ej_xml_set(node, "anchor", topic->anchor);
}

void ej_page_topics(ej_ctx_t *c, ej_node_t *parent, const char *find)
{
    const ej_server_t *conf = c->request->conf;
    if (!find || !*find) {
        const apr_array_header_t *all = ej_topics_all(conf);
        for (int i = 0; i < all->nelts; i++)
            add_head(parent, "topic", &APR_ARRAY_IDX(all, i, ej_topic_t));
        return;
    }
    const apr_array_header_t *found =
        ej_topics_search(conf, c->pool, find, FOUND);
    for (int i = 0; i < found->nelts; i++)
        add_head(parent, "topic",
                 APR_ARRAY_IDX(found, i, const ej_topic_t *));
}

/* Whether a guide has this topic. */
static int has_topic(const ej_topic_t *guide, const char *key)
{
    ej_node_t *part = ej_xml_child((ej_node_t *)guide->node, "part");
    for (; part; part = ej_xml_next(part, "part"))
        for (ej_node_t *ref = ej_xml_child(part, "topic"); ref;
             ref = ej_xml_next(ref, "topic"))
            if (!strcmp(ej_xml_get(ref, "key"), key))
                return 1;
    return 0;
}

void ej_page_guides(ej_ctx_t *c, ej_node_t *parent, const char *key)
{
    const apr_array_header_t *all = ej_topics_guides(c->request->conf);
    for (int i = 0; i < all->nelts; i++) {
        const ej_topic_t *guide = &APR_ARRAY_IDX(all, i, ej_topic_t);
        if (!key || has_topic(guide, key))
            add_head(parent, "guide", guide);
    }
}

ej_err_t *ej_page_topic(ej_ctx_t *c, ej_node_t *parent, const char *key)
{
    const ej_topic_t *topic =
        ej_topics_find(ej_topics_all(c->request->conf), key);
    if (!topic)
        return ej_err(c->pool, JE401, NULL, "no such topic");
    ej_xml_copy_tree(ej_xml_add(parent, "topic"), topic->node, 1);
    return NULL;
}

ej_err_t *ej_page_guide(ej_ctx_t *c, ej_node_t *parent, const char *key)
{
    const ej_server_t *conf = c->request->conf;
    const ej_topic_t *guide = ej_topics_find(ej_topics_guides(conf), key);
    if (!guide)
        return ej_err(c->pool, JE401, NULL, "no such guide");
    ej_node_t *made = ej_xml_add(parent, "guide");
    ej_xml_copy_tree(made, guide->node, 1);
    ej_node_t *part = ej_xml_child(made, "part");
    for (; part; part = ej_xml_next(part, "part"))
        for (ej_node_t *ref = ej_xml_child(part, "topic"); ref;
             ref = ej_xml_next(ref, "topic"))
            ej_xml_copy_tree(ref,
                             ej_topics_find(ej_topics_all(conf),
                                            ej_xml_get(ref, "key"))
                                 ->node,
                             1);
    return NULL;
}
