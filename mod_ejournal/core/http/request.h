/* request.h: the journal's own record of a request.
 *
 * Apache hands its request_rec to every stage. The journal's record (mount,
 * path, route, identity) is made by the first stage that needs it and kept with
 * the request for the later ones.
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
    const char *path; /* below the mount; NULL outside of one */
    /* the route of path: for POST the POST one, for any other method the GET
     * one; NULL: there is none */
    const ej_route_t *route;
    apr_table_t *values;       /* of the names in the route's path */
    int is_static;             /* a file of static/, which Apache sends */
    apr_array_header_t *files; /* ej_file_t *, of the form; NULL: none */
    /* health, readiness, metrics for who may read them, or an error page: no
     * person's data */
    int is_bare;
    ej_code_t failed; /* of the error page that was sent; EJ_OK: none */
    /* set by auth.c */
    struct ej_identity_t *identity; /* NULL: no session, or not yet looked up */
    ej_err_t *fault;                /* why the look-up failed (JE501 …) */
    int is_asked;                   /* the look-up was made */
    const char *pending; /* digest of a session that needs its second factor */
} ej_request_t;

/* The record of a request; never NULL. Only after Apache walked the locations
 * (pre_translate_name and later). */
ej_request_t *ej_request_of(request_rec *r);
/* The credentials of this scheme (Basic, Bearer) in the header Authorization;
 * NULL: none, or none that could be ours. */
const char *ej_request_credentials(request_rec *r, const char *scheme);

#endif
