/* job.h: the threads that run background jobs.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_JOB_H
#define EJ_JOB_H

#include "conf/conf.h"

/* Register with mod_watchdog, if it is loaded, to run the jobs of all servers
 * that name a connection for them (EjournalJobs). Called after check_config,
 * before the children start. */
apr_status_t ej_job_start(apr_pool_t *pconf, server_rec *main_server);

#endif
