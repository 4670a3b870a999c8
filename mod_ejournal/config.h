/* config.h: the directives, and the checks and reading at configtest.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_CONFIG_H
#define EJ_CONFIG_H

#include "conf/conf.h"
#include "http/route.h"

/* Apache's create and merge functions for a Location (ej_mount_t) and a server
 * (ej_server_t). An inner Location with an Ejournal line inherits nothing. */
void *ej_config_mount_make(apr_pool_t *pool, char *dir);
void *ej_config_mount_merge(apr_pool_t *pool, void *base, void *add);
void *ej_config_server_make(apr_pool_t *pool, server_rec *s);
void *ej_config_server_merge(apr_pool_t *pool, void *base, void *add);
/* All directives; each has a paragraph in conf/ejournal.conf. */
extern const command_rec ej_config_directives[];

/* Check the settings of mod_dbd and others that this server needs. NULL or the
 * line to show at configtest. Sets conf->places when no directive did, and
 * conf->pool. */
const char *ej_config_check(ej_server_t *conf, const server_rec *s,
                            apr_pool_t *pconf, apr_pool_t *ptemp);

/* Find the virtual host that EjournalReadFrom names (conf->standby). NULL or the
 * line to show at configtest. */
const char *ej_config_standby(server_rec *s, server_rec *main_server,
                              apr_pool_t *ptemp);

/* The routes of routes.def, with feature and view from their handlers' names.
 */
const ej_route_t *ej_config_routes(apr_pool_t *pool);
/* The features of all routes, each once: const char *. */
apr_array_header_t *ej_config_features(apr_pool_t *pool,
                                       const ej_route_t *routes);
/* Check the routes: none overlap, and each feature has its sheet and that of
 * its printed form. NULL or the line to show at configtest. */
const char *ej_config_check_routes(const ej_server_t *conf, apr_pool_t *ptemp,
                                   const apr_array_header_t *features);

/* Read queries and sheets for one server. NULL or the line to show at
 * configtest. */
const char *ej_config_load(ej_server_t *conf, apr_pool_t *pconf,
                           apr_pool_t *ptemp, server_rec *main_server);

#endif
