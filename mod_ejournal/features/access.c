/* access.c: who may do what, made of routes.def and the policies.
 *
 * Rooms: sql/queries/access.sql, xslt/access.xsl, tests/access/
 * Rules: nothing here is written by hand but the words of the sheet; the rights
 *        are read from the catalogue by sql/objects/access.sql
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The roles of the page. A teacher of physical education is a teacher. */
static const struct {
    const char *name;
    unsigned bits;
} roles[] = {{"administrator", EJ_ADMINISTRATOR | EJ_STAFF},
             {"director", EJ_DIRECTOR | EJ_STAFF},
             {"deputy", EJ_DEPUTY | EJ_STAFF},
             {"class_teacher", EJ_CLASS_TEACHER | EJ_STAFF},
             {"teacher", EJ_TEACHER | EJ_STAFF},
             {"substitute", EJ_SUBSTITUTE | EJ_STAFF},
             {"hr", EJ_HR | EJ_STAFF},
             {"meals", EJ_MEALS | EJ_STAFF},
             {"archivist", EJ_ARCHIVIST | EJ_STAFF},
             {"observer", EJ_OBSERVER | EJ_REGION | EJ_STAFF},
             {"family", EJ_FAMILY}};

static unsigned bits_of(const char *name)
{
    for (unsigned i = 0; i < sizeof roles / sizeof *roles; i++)
        if (!strcmp(roles[i].name, name))
            return roles[i].bits;
    return 0;
}

/* Show what a role (?role=, by default a teacher) may do.
 * Makes: <access role=><route method= path=/>…<rows name= reads= adds=
 *        changes= removes=/>…
 * Errors: JE106 422 no such role */
ej_err_t *ej_access_show(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"role", EJ_CHOICE,
         .words = "administrator director deputy class_teacher teacher "
                  "substitute hr meals archivist observer family"},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    const char *role = ej_params_get(p, "role");
    if (!role || !*role)
        ej_params_set(p, "role", role = "teacher");
    ej_node_t *access = ej_page_row(c, "access_head", p);
    ej_page_routes(c, access, bits_of(role));
    ej_page_rows(c, access, "access_rows", p);
    return NULL;
}
