/* post.h: the threads that send letters and short messages.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_POST_H
#define EJ_POST_H

#include "conf/conf.h"

/* Register a lane for each channel that a server names (EjournalMail,
 * EjournalSms) beside EjournalJobs. Called after check_config, before the
 * children start. */
apr_status_t ej_post_start(apr_pool_t *pconf, server_rec *main_server);
/* Prepare the libraries, in each child before its threads start, where a server
 * names a channel. Not in the parent: at a graceful restart it unloads the
 * module, and GMime cannot register its types a second time in one process. */
void ej_post_child(server_rec *s);

#endif
