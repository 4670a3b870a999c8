/* about.c: the page of a school for everybody, without a log-in: requisites,
 * local acts with their files, holidays and bells of the school year.
 *
 * Rooms: sql/queries/about.sql, xslt/about.xsl, tests/about/
 * Rules: it shows what the functions of sql/objects/about.sql return and
 * nothing else; a school may hide its page (school.public_page) Source: LEG-06,
 * CFG-12 SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show a school: that of the address, without one the only school of this
 * journal, or else the list of its schools.
 * Makes: <about view="show" school_id= name= …><school/>…<act/>…<holiday/>…
 *        <lesson/>… Errors: JE401 404 no such school, or it has no page */
ej_err_t *ej_about_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_scope(c, "about_scope");
    ej_node_t *about = ej_page_row(c, "about_head", p);
    ej_page_rows(c, about, "about_schools", p);
    ej_page_rows(c, about, "about_acts", p);
    ej_page_rows(c, about, "about_holidays", p);
    ej_page_rows(c, about, "about_bells", p);
    return NULL;
}

/* Send the file of a public act.
 * Errors: JE401 404 no such act, or it is not public */
ej_err_t *ej_about_file(ej_ctx_t *c)
{
    ej_page_download(c, "about_file", ej_page_params(c));
    return NULL;
}
