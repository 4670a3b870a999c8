/* conf.c: the configuration of a server and of a Location.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "conf/conf.h"

ej_server_t *ej_conf_server(const server_rec *s)
{
    return ap_get_module_config(s->module_config, &ejournal_module);
}

ej_mount_t *ej_conf_mount(const request_rec *r)
{
    return ap_get_module_config(r->per_dir_config, &ejournal_module);
}
