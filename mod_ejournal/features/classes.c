/* classes.c: the classes of a school, and the pupils of a class.
 *
 * Rooms: sql/queries/classes.sql, xslt/classes.xsl, tests/classes/
 * Source: CNT-01, ATT-03. A class is shown to its class teacher and to the
 * heads of its school.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* Show the classes of this year that the reader leads or answers for.
 * Makes: <classes view="list"><class/>…</classes> */
ej_err_t *ej_classes_list(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_page_rows(c, ej_page_node(c), "classes_all", p);
    return NULL;
}

/* Show the pupils of one class with their absences in the current term.
 * Makes: <classes class_id= name= term_name=><pupil><absence/>…</pupil>…
 * Errors: JE401 404 no such class, or none the reader answers for */
ej_err_t *ej_classes_show(ej_ctx_t *c)
{
    ej_params_t *p = ej_page_params(c);
    ej_node_t *classes = ej_page_row(c, "classes_head", p);
    ej_page_rows(c, classes, "classes_pupils", p);
    ej_page_rows(c, classes, "classes_absences", p);
    return NULL;
}
