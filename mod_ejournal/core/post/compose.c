/* compose.c: composes a letter with the rights of the person who gets it.
 *
 * The queries run as the web role in a session of that person, which is rolled
 * back afterwards: row policies show what they show on the person's pages. A
 * letter to the support has what ej.support_letter() gives, and no names.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "post/compose.h"

#include "conf/queries.h"
#include "doc/xml.h"
#include "out/out.h"
#include "text/clock.h"
#include "text/err.h"

#define PATIENCE apr_time_from_sec(10) /* for an answer of the database */

enum { BEGIN, ENTER, SUPPORT, ROLE, LETTER, NOTICES, ROLLBACK, STEPS };

/* Make the document of a letter, <page><letter school_name= today_on= address=
 * code=><notice/>…</letter></page>; to the support, <letter support_id= …>. */
static ej_doc_t *make_document(const ej_step_t *steps, const char *address,
                               apr_pool_t *pool)
{
    ej_doc_t *doc = ej_xml_doc(pool);
    ej_node_t *letter = ej_xml_add(ej_xml_page(doc), "letter");
    if (ej_result_rows(steps[LETTER].result))
        ej_xml_one(letter, steps[LETTER].result);
    if (ej_result_rows(steps[SUPPORT].result))
        ej_xml_one(letter, steps[SUPPORT].result);
    ej_xml_set(letter, "address", address);
    ej_xml_set(letter, "code", ej_result_get(steps[ENTER].result, 0, 1));
    ej_xml_rows(apr_array_make(pool, 8, sizeof(ej_node_t *)), letter, "notice",
                steps[NOTICES].result, NULL, NULL);
    return doc;
}

ej_err_t *ej_compose(const char **text, const ej_place_t *place,
                     const char *channel, const char *outbound_id,
                     apr_pool_t *pool)
{
    const ej_server_t *conf = ej_conf_server(place->s);
    const char *values[] = {outbound_id};
    ej_step_t steps[STEPS] = {
        [BEGIN] = {.text = "BEGIN"},
        [ENTER] = {.query = ej_queries_find("core_post_enter"),
                   .values = values},
        [SUPPORT] = {.query = ej_queries_find("core_post_about"),
                     .values = values},
        [ROLE] = {.text = "SET LOCAL ROLE ej_web"},
        [LETTER] = {.query = ej_queries_find("core_letter"), .values = values},
        [NOTICES] = {.query = ej_queries_find("core_letter_notices"),
                     .values = values},
        [ROLLBACK] = {.text = "ROLLBACK"}};
    *text = NULL;
    EJ_TRY(ej_db_run(place->control, steps, STEPS, ej_clock() + PATIENCE));
    if (!ej_result_rows(steps[NOTICES].result) &&
        !ej_result_rows(steps[SUPPORT].result))
        return NULL;
    return ej_out_letter(text, place->s, pool, conf,
                         make_document(steps, conf->address, pool),
                         apr_pstrcat(pool, "mail/", channel, NULL));
}
