/* guardians.c: a pupil's parents and other representatives.
 *
 * Rooms: sql/queries/guardians.sql, xslt/guardians.xsl, tests/guardians/
 * Rules: the administrator gives a child a guardian; a class teacher keeps
 *        what is known of the guardians of the class. A parent of another
 *        child of the school is the same person, with one log-in
 * Source: CNT-01, CNT-05
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* The fields of a guardian that both forms have. */
#define COMMON                                                                 \
    {"surname", EJ_LINE, .max = 100, .old = 500, .is_required = 1},            \
        {"given_name", EJ_LINE, .max = 100, .old = 500, .is_required = 1},     \
        {"patronymic", EJ_LINE, .max = 100, .old = 500},                       \
        {"kind", EJ_CHOICE, .old = 1, .is_required = 1,                        \
         .words = "mother father parent stepmother stepfather grandmother "    \
                  "grandfather sister brother aunt uncle none"},               \
        {"status", EJ_CHOICE, .old = 1, .is_required = 1,                      \
         .words = "parent adopter guardian trustee foster agency proxy"},      \
        {"paper", EJ_LINE, .max = 200, .old = 500},                            \
        {"phone", EJ_LINE, .max = 100, .old = 500},                            \
        {"email", EJ_LINE, .max = 200, .old = 500},                            \
        {"address", EJ_LINE, .max = 300, .old = 500},                          \
        {"work", EJ_LINE, .max = 300, .old = 500},                             \
        {"is_informed", EJ_FLAG, .old = 1}, {"is_called", EJ_FLAG, .old = 1},  \
        {"is_collector", EJ_FLAG, .old = 1},                                   \
    {                                                                          \
        "from_on", EJ_DAY, .old = 1                                            \
    }

/* Show the form of a new guardian of a pupil; after a name was typed, with the
 * guardians, colleagues and pupils of that name.
 * Makes: <guardians view="new" pupil_id= pupil= from_on=><known/>…
 * Errors: JE401 404 no such pupil, or the reader is no administrator */
ej_err_t *ej_guardians_new(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {{"surname", EJ_LINE, .max = 100},
                                        {"given_name", EJ_LINE, .max = 100},
                                        {"patronymic", EJ_LINE, .max = 100},
                                        {0}};
    ej_params_t *p = ej_page_params(c);
    ej_node_t *guardians = ej_page_row(c, "guardians_new", p);
    if (!ej_form_read(p, fields)) /* a wrong name has been refused before */
        ej_page_rows(c, guardians, "guardians_known", p);
    if (ej_page_refused(c))
        ej_page_rows(c, guardians, "guardians_persons", p);
    return NULL;
}

/* Add a guardian to a pupil: a new person, or one who is known.
 * Errors: JE101 … JE106 422 a field is wrong, JE212 409 is one already, JE217
 *         409 somebody of that name is known: which one is it? */
ej_err_t *ej_guardians_add(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {COMMON,
                                        {"guardian_id", EJ_ID},
                                        {"person_id", EJ_ID},
                                        {"is_other", EJ_FLAG},
                                        {0}};
    return ej_page_save(c, fields, "guardians_add", "/pupils/{pupil_id}");
}

/* Show the form of a guardian. Makes: <guardians view="show" guardianship_id=
 * surname= …> Errors: JE401 404 no such guardian, or not yours to change */
ej_err_t *ej_guardians_show(ej_ctx_t *c)
{
    ej_page_row(c, "guardians_show", ej_page_params(c));
    return NULL;
}

/* Change a guardian, or end the guardianship: till_on with its reason.
 * Errors: JE101 … JE106 422 a field is wrong, JE132 422 the last day is before
 *         the first, JE210 409 changed meanwhile, JE301 403 not yours */
ej_err_t *ej_guardians_save(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        COMMON,
        {"till_on", EJ_DAY, .old = 1},
        {"reason", EJ_LINE, .max = 200, .old = 500},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_node_t *rows = ej_page_row(c, "guardians_pair", p);
    EJ_TRY(ej_page_run(c));
    ej_params_set(p, "guardian_id", ej_xml_get(rows, "guardian_id"));
    /* for the way back */
    ej_params_set(p, "pupil_id", ej_xml_get(rows, "pupil_id"));
    ej_page_outcomes(c, "guardians_save", p);
    return ej_page_saved(c, "/pupils/{pupil_id}", p);
}
