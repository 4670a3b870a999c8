/* job.h: what is done without a request.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_JOB_H
#define EJ_JOB_H

#include "conf/conf.h"

/* Have mod_watchdog, where there is one, run the jobs of all servers from now
 * on. After check_config, before the children start. */
apr_status_t ej_job_start(apr_pool_t *pconf, server_rec *main_server);

#endif
