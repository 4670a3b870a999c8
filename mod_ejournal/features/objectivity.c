/* objectivity.c: term marks that disagree with the marks they are given on.
 *
 * Rooms: sql/queries/objectivity.sql, sql/objects/objectivity.sql,
 *        xslt/objectivity.xsl, tests/objectivity/
 * Rules: a mark is listed that differs from the rounded mean by 1 or more, or
 *        is higher than each of the pupil's control works
 * Source: FIN-06, CTL-06
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the marks of a term of the school: ?name=, by default the last in which
 * marks were given; ?find= a class, subject, teacher or pupil, ?sort=gap,
 * class, subject or teacher, ?page=.
 * Makes: <objectivity view="list" name= count= marks= …><term/>… <mark/>…
 * Errors: JE102, JE104, JE106 422 */
ej_err_t *ej_objectivity_list(ej_ctx_t *c)
{
    static const ej_field_t name[] = {{"name", EJ_LINE, .max = 40}, {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, name));
    EJ_TRY(ej_page_list(c, "objectivity_head", "objectivity_rows", p));
    ej_page_rows(c, ej_page_node(c), "objectivity_terms", p);
    return NULL;
}
