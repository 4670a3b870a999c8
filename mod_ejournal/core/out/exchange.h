/* exchange.h: documents for other systems: each kind has a sheet that makes it
 * and a schema that checks it.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_EXCHANGE_H
#define EJ_EXCHANGE_H

#include <apr_hash.h>

#include "conf/conf.h"
#include "ej.h"

/* One kind: a folder of EjournalShare/xslt/exchange or of EjournalExchange,
 * with sheet.xsl, schema.rng or schema.xsd, and for its receivers by HTTPS,
 * where they want them, certificate.pem (certificate and key of the school) and
 * ca.pem (who signed theirs). Read-only once the threads run. */
typedef struct {
    const char *name, *sheet;         /* the sheet's name in conf->sheets */
    void *rng, *xsd;                  /* one of both; the other is NULL */
    const char *certificate, *issuer; /* texts of the files, or NULL */
} ej_paper_t;

/* Load all kinds into conf->kinds. A kind that cannot be used is logged and left
 * out; one of EjournalExchange wins over the product's of that name. */
void ej_exchange_load(ej_server_t *conf, apr_pool_t *pool, apr_pool_t *ptemp);
/* The kind of this name, or NULL. */
const ej_paper_t *ej_exchange_find(const ej_server_t *conf, const char *name);
/* Make the document of a kind from its source (ej.exchange_source) and check
 * what was made. *wrong becomes what the sheet or the schema says against it,
 * else NULL. Errors: JE500 the source cannot be read. */
ej_err_t *ej_exchange_make(const char **text, const char **wrong,
                           apr_pool_t *pool, const ej_server_t *conf,
                           const ej_paper_t *kind, const char *source);

#endif
