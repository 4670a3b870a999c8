/* help.c: the guides: topics that explain each page, searched without a
 * script, and for each role a guide, one document that can be printed.
 *
 * Rooms: xslt/help/ (the topics and guides), xslt/help.xsl, tests/help/
 * Rules: everybody reads them, without a session: they are about the product
 *        and have no data of a school. A topic has the key of the feature that
 *        it explains, so that «?» on a page finds it. What they name is
 *        compared with the pages by tests/help/help_topics.topics.t
 * Source: DOC-01, DOC-02, DOC-04, DOC-05, FED-14
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the guides and topics, or what a search finds.
 * Makes: <help view="list" find=><guide key= title= about=/>…
 *        <topic key= title= about= group= anchor=/>…
 * Errors: JE104 422 */
ej_err_t *ej_help_list(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"find", EJ_LINE, .max = 100}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    const char *find = ej_params_get(p, "find");
    ej_node_t *help = ej_page_node(c);
    ej_page_set(c, help, "find", find);
    ej_page_guides(c, help, NULL);
    ej_page_topics(c, help, find);
    return NULL;
}

/* Show a topic, and the guides that it is in.
 * Makes: <help view="show"><topic key= title= …>…</topic><guide/>…
 * Errors: JE401 404 no such topic */
ej_err_t *ej_help_show(ej_ctx_t *c)
{
    const char *key = ej_params_get(ej_page_params(c), "topic_key");
    ej_node_t *help = ej_page_node(c);
    EJ_TRY(ej_page_topic(c, help, key));
    ej_page_guides(c, help, key);
    return NULL;
}

/* Show a guide with all its topics.
 * Makes: <help view="guide"><guide key= title= …><part title=><topic/>…
 * Errors: JE401 404 no such guide */
ej_err_t *ej_help_guide(ej_ctx_t *c)
{
    return ej_page_guide(c, ej_page_node(c),
                         ej_params_get(ej_page_params(c), "role_key"));
}
