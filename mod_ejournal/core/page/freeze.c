/* freeze.c: keeps the document of a printed page as a numbered copy, and shows
 * it again.
 *
 * What is kept is the XML document, before any sheet. The page's queries see
 * one state of the database (REPEATABLE READ); the copy is numbered in a second
 * transaction, so that no number is held while the page's queries run.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/freeze.h"

#include "page/frame.h"
#include "page/page.h"
#include "page/qr.h"
#include "text/err.h"

/* What the page's element says about its document, for the register. */
static const char *const facts[] = {"about",    "holder",  "year",   "pupil_id",
                                    "class_id", "term_id", "is_own", NULL};

/* -------------------------------------------------------------- freezing -- */

/* Run the handler and the queries of the page that this path shows. */
static ej_err_t *read_page(ej_ctx_t *c)
{
    const ej_route_t *shown =
        ej_route_find(c->request->conf->routes, c->pool, M_GET, c->path, NULL);
    if (!shown)
        return ej_err(c->pool, JE401, NULL, "no page to freeze");
    c->is_reading = 1;
    c->view = shown->view;
    EJ_TRY(shown->handler(c));
    EJ_TRY(ej_page_commit(c));
    c->is_reading = 0;
    return NULL;
}

/* Write the document as it is kept: nothing of the reader is in it but the
 * name of the school, and that it is one to learn in, which no copy hides. */
static const char *write_document(ej_ctx_t *c)
{
    apr_size_t length;
    ej_frame_set_kept(c);
    ej_xml_set(ej_page_node(c), "view", c->view);
    return ej_xml_dump(&length, c->pool, c->doc);
}

/* Enter the copy in the register, under the next number. */
static ej_err_t *number_copy(ej_ctx_t *c, ej_params_t *p, ej_node_t *node)
{
    for (int i = 0; facts[i]; i++)
        ej_params_set(p, facts[i], ej_xml_get(node, facts[i]));
    ej_params_set(p, "journal", ej_page_address(c));
    c->is_once = 1; /* by the operation's id: ej.extract_issue() */
    ej_page_rows(c, node, "core_freeze", p);
    EJ_TRY(ej_page_run(c));
    const char *code = ej_xml_child_get(node, "issued", "code");
    if (code)
        return ej_err(c->pool, ej_err_code(code), NULL, "not certified");
    ej_params_set(p, "extract_id",
                  ej_xml_child_get(node, "issued", "extract_id"));
    return NULL;
}

ej_err_t *ej_page_freeze(ej_ctx_t *c, const char *kind)
{
    static const ej_field_t fields[] = {
        {"purpose", EJ_LINE, .max = 200, .is_required = 1},
        {"original", EJ_LINE, .max = 300},
        {"replaces_id", EJ_ID},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    EJ_TRY(read_page(c));
    ej_node_t *node = ej_page_node(c);
    if (ej_xml_get(node, "is_open"))
        return ej_err(c->pool, JE276, NULL, "preliminary");
    const char *document = write_document(c);
    if (!document)
        return ej_err(c->pool, JE500, NULL, "the document was not written");
    ej_params_set(p, "kind", kind);
    ej_params_set(p, "document", document);
    EJ_TRY(number_copy(c, p, node));
    return ej_page_see_other(c, "/extracts/{extract_id}", p);
}

/* --------------------------------------------------------------- showing -- */

ej_err_t *ej_page_thaw(ej_ctx_t *c, ej_node_t *copy)
{
    ej_node_t *page = ej_xml_page(c->doc);
    const char *document = ej_xml_get(copy, "document");
    if (!document || !ej_xml_read(page, document))
        return ej_err(c->pool, JE500, NULL, "the copy has no document");
    ej_xml_set(copy, "document", NULL);
    c->frozen = ej_xml_get(page, "feature");
    c->view = ej_xml_get(page, "view");
    c->form = ej_xml_get(page, "form");
    c->format = EJ_PRINT;
    return ej_qr_set(c, copy,
                     apr_pstrcat(c->pool, ej_xml_get(copy, "journal"),
                                 "/check/", ej_xml_get(copy, "code_key"),
                                 NULL));
}
