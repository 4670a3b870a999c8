/* incidents.c: log-ins that others have come to know, and when head and support
 * were told.
 *
 * Rooms: sql/queries/incidents.sql, xslt/incidents.xsl, tests/incidents/
 * Rules: a recorded time is never changed (sql/objects/incidents.sql). They are
 *        reported on /account and on /slips
 * Source: SEC-03, SEC-06, SEC-07
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ej.h"

/* List the incidents: ?find= a name, ?sort=learned_at or person_name, ?page=.
 * Makes: <incidents view="list" count= …><incident/>… */
ej_err_t *ej_incidents_list(ej_ctx_t *c)
{
    return ej_page_list(c, "incidents_head", "incidents_rows",
                        ej_page_params(c));
}

/* Show one incident. Makes: <incidents view="show" incident_id= …>
 * Errors: JE401 404 no such incident, or of another school */
ej_err_t *ej_incidents_show(ej_ctx_t *c)
{
    ej_page_row(c, "incidents_show", ej_page_params(c));
    return NULL;
}

/* Record when head or support was told; without a day: now.
 * Errors: JE263 422 a time before it was learned or in the future, JE264 409
 *         another time is recorded already */
ej_err_t *ej_incidents_note(ej_ctx_t *c)
{
    static const ej_field_t fields[] = {
        {"which", EJ_CHOICE, .words = "head support", .is_required = 1},
        {"told_on", EJ_DAY},
        {"told_time", EJ_TIME},
        {0}};
    ej_params_t *p = ej_page_params(c);
    EJ_TRY(ej_form_read(p, fields));
    ej_page_exec(c, "incidents_note", p);
    return ej_page_see_other(c, "/incidents/{incident_id}", p);
}
