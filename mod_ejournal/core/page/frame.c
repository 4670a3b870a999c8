/* frame.c: the attributes of <page>: person, school, address, version and more.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/frame.h"

#include "out/sheets.h"
#include "page/school.h"
#include "text/text.h"

#ifndef EJ_VERSION
#define EJ_VERSION "0.1" /* apxs.mk gives it */
#endif
#define PAIRS 32 /* more attributes than page_pairs sets */

static const char *roles_text(apr_pool_t *pool, unsigned roles)
{
    static const char *const names[] = {
        "administrator", "director",   "deputy", "class_teacher", "teacher",
        "pe_teacher",    "substitute", "hr",     "meals",         "observer",
        "parent",        "pupil",      "staff",  "several"};
    apr_array_header_t *found = apr_array_make(pool, 4, sizeof(char *));
    for (int i = 0; i < 14; i++)
        if (roles & 1u << i)
            APR_ARRAY_PUSH(found, const char *) = names[i];
    if (roles & EJ_ARCHIVIST)
        APR_ARRAY_PUSH(found, const char *) = "archivist";
    if (roles & EJ_REGION)
        APR_ARRAY_PUSH(found, const char *) = "region";
    return apr_array_pstrcat(pool, found, ' ');
}

/* The addresses that these roles open and that need nothing in them but the
 * name of a page: what a menu may lead to. A blank follows each. */
static const char *opens_text(apr_pool_t *pool, const ej_route_t *route,
                              unsigned roles)
{
    apr_array_header_t *found = apr_array_make(pool, 16, sizeof(char *));
    for (; route->path; route++)
        if (route->method == M_GET && ej_route_opens(route, roles) &&
            !strchr(route->path, '{')) {
            APR_ARRAY_PUSH(found, const char *) = route->path;
            APR_ARRAY_PUSH(found, const char *) = " ";
        }
    return apr_array_pstrcat(pool, found, 0);
}

/* The key of the name that the school gives the section of EJ_MODULE_GTO; NULL
 * where the section is off. */
static const char *caption_text(unsigned roles)
{
    return !(roles & EJ_MODULE_GTO) ? NULL
           : roles & EJ_SAYS_GTO    ? "gto"
                                    : "gtzo";
}

typedef struct {
    const char *name, *value;
} pair_t;

/* Set pairs to the attributes of <page>; returns their number. */
static int page_pairs(pair_t *pairs, ej_ctx_t *c)
{
    static const char *const formats[] = {"html", "print", "xml",
                                          "csv",  "csv",   "xlsx"};
    const ej_identity_t *identity = c->identity;
    int n = 0;
    pairs[n++] = (pair_t){"feature", c->frozen  ? c->frozen
                                     : c->route ? c->route->feature
                                                : "error"};
    pairs[n++] = (pair_t){"view", c->view ? c->view : "show"};
    pairs[n++] = (pair_t){"lang", "ru"};
    pairs[n++] = (pair_t){"base", c->request->mount->base};
    pairs[n++] = (pair_t){
        "path", c->path && ej_route_is_way(c->pool, c->path) ? c->path : NULL};
    pairs[n++] = (pair_t){"query", c->path ? c->r->args : NULL};
    pairs[n++] = (pair_t){"format", formats[c->format]};
    pairs[n++] = (pair_t){"form", c->form};
    pairs[n++] = (pair_t){"version", EJ_VERSION};
    pairs[n++] = (pair_t){"static", c->request->conf->static_digest};
    pairs[n++] = (pair_t){"login_token", c->login_token};
    if (!identity && c->login_token)
        pairs[n++] = (pair_t){"school", ej_school_only(c->request)};
    if (identity) {
        pairs[n++] = (pair_t){"roles", roles_text(c->pool, identity->roles)};
        pairs[n++] =
            (pair_t){"opens", opens_text(c->pool, c->request->conf->routes,
                                         identity->roles)};
        pairs[n++] = (pair_t){"person", identity->person};
        pairs[n++] =
            (pair_t){"school",
                     *identity->school && !c->frozen ? identity->school : NULL};
        pairs[n++] =
            (pair_t){"account_id", apr_psprintf(c->pool, "%" APR_INT64_T_FMT,
                                                identity->account_id)};
        /* a key only reads (auth/key.c) */
        pairs[n++] = (pair_t){"form_token", strcmp(identity->way, "key")
                                                ? identity->form_token
                                                : NULL};
        pairs[n++] = (pair_t){"is_shared", identity->is_shared ? "1" : NULL};
        pairs[n++] = (pair_t){"notices", identity->notices};
        pairs[n++] = (pair_t){"messages", identity->messages};
        pairs[n++] =
            (pair_t){"maintenance_starts_at", identity->maintenance_starts_at};
        pairs[n++] =
            (pair_t){"maintenance_ends_at", identity->maintenance_ends_at};
        pairs[n++] = (pair_t){"maintenance_words", identity->maintenance_words};
        pairs[n++] = (pair_t){"is_training", identity->is_training};
        pairs[n++] = (pair_t){"gto_caption", caption_text(identity->roles)};
        pairs[n++] = (pair_t){"replayed_at", identity->replayed_at};
    }
    return n;
}

/* Only the query string has not been checked before: it is left out when it has
 * characters that XML forbids. */
void ej_frame_set(ej_ctx_t *c)
{
    pair_t pairs[PAIRS];
    int n = page_pairs(pairs, c);
    for (int i = 0; i < n; i++)
        if (pairs[i].value &&
            ej_text_is_clean(pairs[i].value, strlen(pairs[i].value), 0))
            ej_xml_set(ej_xml_page(c->doc), pairs[i].name, pairs[i].value);
}

void ej_frame_set_kept(ej_ctx_t *c)
{
    ej_node_t *page = ej_xml_page(c->doc);
    ej_xml_set(page, "feature", c->route->feature);
    ej_xml_set(page, "view", c->view);
    ej_xml_set(page, "lang", "ru");
    ej_xml_set(page, "format", "print");
    ej_xml_set(page, "form", c->form);
    ej_xml_set(page, "school", c->identity->school);
    ej_xml_set(page, "is_training", c->identity->is_training);
}

void ej_frame_digest(ej_ctx_t *c, ej_digest_t *digest)
{
    pair_t pairs[PAIRS];
    int n = page_pairs(pairs, c);
    for (int i = 0; i < n; i++)
        ej_digest_add(digest, pairs[i].value,
                      pairs[i].value ? strlen(pairs[i].value) : 0);
    ej_digest_add(digest, c->request->conf->sheets_digest,
                  strlen(c->request->conf->sheets_digest));
}

const char *ej_frame_sheet(const ej_ctx_t *c)
{
    const char *feature = c->frozen  ? c->frozen
                          : c->route ? c->route->feature
                                     : "error";
    if (c->format != EJ_PRINT || !c->form)
        return feature;
    const char *sheet = apr_pstrcat(c->pool, feature, "_", c->form, NULL);
    return ej_sheets_have(c->request->conf,
                          apr_pstrcat(c->pool, "print/", sheet, NULL))
               ? sheet
               : feature;
}
