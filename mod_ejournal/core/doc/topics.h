/* topics.h: the topics of the guides, read at configtest.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_TOPICS_H
#define EJ_TOPICS_H

#include "conf/conf.h"
#include "doc/xml.h"

/* A topic, a guide, or what a search finds within a topic: the paragraphs of an
 * error code, a directive, a command. */
typedef struct {
    const char *key;       /* of the topic or guide: the name of its file */
    const char *anchor;    /* the code or name within the topic, or NULL */
    const ej_node_t *node; /* its element */
    const char *head; /* title and summary, as ej_topics_words makes them */
    const char *text; /* the whole text, likewise */
} ej_topic_t;

/* Read xslt/help/<key>.xml and xslt/help/guides/<key>.xml in conf->share; sets
 * conf->topics. NULL or the line to show at configtest. */
const char *ej_topics_load(ej_server_t *conf, apr_pool_t *pool,
                           apr_pool_t *ptemp);
/* The topics in the order of their titles, ej_topic_t, without their parts. */
const apr_array_header_t *ej_topics_all(const ej_server_t *conf);
/* The guides in the order of their titles: ej_topic_t. */
const apr_array_header_t *ej_topics_guides(const ej_server_t *conf);
/* The topic or guide of a key in one of these lists; NULL without one. */
const ej_topic_t *ej_topics_find(const apr_array_header_t *list,
                                 const char *key);
/* The topics, and parts of them, that have all words of a search, the best
 * first; at most max: const ej_topic_t *. A word of four letters or more is
 * found whatever its last two letters are, since Russian words are inflected.
 */
apr_array_header_t *ej_topics_search(const ej_server_t *conf, apr_pool_t *pool,
                                     const char *find, int max);
/* The words of a text in lower case, each after one blank; YO becomes YE. */
const char *ej_topics_words(apr_pool_t *pool, const char *text);

#endif
