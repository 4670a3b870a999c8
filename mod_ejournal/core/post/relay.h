/* relay.h: hands a letter to the mail relay, or a short message to the gateway.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_RELAY_H
#define EJ_RELAY_H

#include <apr_pools.h>

#include "conf/conf.h"

/* How handing over ended: as sql/objects/outbound.sql names it. */
typedef struct {
    const char *outcome; /* sent, later, refused, pause, unknown, empty, back */
    const char *code;    /* the answer's number, or a word for none */
} ej_handed_t;

typedef struct ej_relay_t ej_relay_t; /* connections that are used again */

/* Prepare libcurl. Once a child, before its threads start. */
void ej_relay_init(void);
/* Make the connections of one thread. They are closed with pool. */
ej_relay_t *ej_relay_make(apr_pool_t *pool);
/* Hand a letter to the relay of EjournalMail. */
ej_handed_t ej_relay_mail(ej_relay_t *relay, const ej_server_t *conf,
                          const char *to, const char *bytes, apr_size_t length,
                          apr_pool_t *pool);
/* Hand a short message to the gateway of EjournalSms, which will call report,
 * an address in which it replaces %d. */
ej_handed_t ej_relay_sms(ej_relay_t *relay, const ej_server_t *conf,
                         const char *to, const char *text, const char *report,
                         apr_pool_t *pool);
/* A document for another system. */
typedef struct {
    const char *url, *name, *text;
    const char *certificate, *issuer; /* as PEM, or NULL */
} ej_parcel_t;
/* Hand a document over by HTTPS, with the school's certificate if there is one.
 * The outcome is accepted, sent (202: it will be looked at), refused or failed;
 * *answer becomes the first words of the reply, or those about the fault. */
ej_handed_t ej_relay_document(const char **answer, ej_relay_t *relay,
                              const ej_parcel_t *parcel, apr_pool_t *pool);

#endif
