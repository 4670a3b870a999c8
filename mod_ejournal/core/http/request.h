/* request.h: what is known of a request below a mount.
 *
 * Apache hands its own request_rec to every stage. What the journal knows of it
 * is found once, by the first stage that asks, and handed on from there.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_REQUEST_H
#define EJ_REQUEST_H

#include "conf/conf.h"
#include "ej.h"
#include "http/route.h"

/* Lives: with r. */
typedef struct {
    request_rec *r;
    const ej_server_t *conf;
    const ej_mount_t *mount;
    const char *path;        /* below the mount; NULL: not below one */
    const ej_route_t *route; /* of path and POST, or of any other method that
                              of GET; NULL: there is none */
    apr_table_t *values;     /* of the names in the route's path */
    int is_static;           /* a file of static/, which Apache sends */
    int is_bare; /* tells nothing of anybody: health, readiness, errors */
    /* filled by auth.c, the stage that asks who it is */
    struct ej_identity_t *identity; /* NULL: nobody, or nobody asked */
    ej_err_t *fault;                /* what kept it from asking (JE501 …) */
    int is_asked;
} ej_request_t;

/* What is known of a request; never NULL. Only after Apache walked the
 * locations (pre_translate_name and later). */
ej_request_t *ej_request_of(request_rec *r);

#endif
