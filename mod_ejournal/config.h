/* config.h: directives. Every one has a paragraph in conf/ejournal.conf.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_CONFIG_H
#define EJ_CONFIG_H

#include "conf/conf.h"
#include "http/route.h"

/* Apache's create and merge functions for a Location (ej_mount_t) and a server
 * (ej_server_t); an inner Location with an Ejournal line stands for itself. */
void *ej_config_mount_make(apr_pool_t *pool, char *dir);
void *ej_config_mount_merge(apr_pool_t *pool, void *base, void *add);
void *ej_config_server_make(apr_pool_t *pool, server_rec *s);
void *ej_config_server_merge(apr_pool_t *pool, void *base, void *add);
/* All directives; each has a paragraph in conf/ejournal.conf. */
extern const command_rec ej_config_directives[];

/* Whether the rest of the configuration lets this server serve a journal;
 * NULL or what is wrong. Sets conf->places when no directive did, and
 * conf->pool. */
const char *ej_config_check(ej_server_t *conf, const server_rec *s,
                            apr_pool_t *pconf, apr_pool_t *ptemp);

/* The routes of routes.def, with the words of their handlers' names. */
const ej_route_t *ej_config_routes(apr_pool_t *pool);
/* The features that routes lead to, each once: const char *. */
apr_array_header_t *ej_config_features(apr_pool_t *pool,
                                       const ej_route_t *routes);
/* NULL, or the line to show at configtest: overlapping routes, a feature
 * without its sheet, or without that of its printed form. */
const char *ej_config_check_routes(const ej_server_t *conf, apr_pool_t *ptemp,
                                   const apr_array_header_t *features);

/* Read queries and sheets for one server; NULL or what is wrong. */
const char *ej_config_load(ej_server_t *conf, apr_pool_t *pconf,
                           apr_pool_t *ptemp, server_rec *main_server);

#endif
