/* transform.h: runs a transform within limits; for the files of out/ alone.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_TRANSFORM_H
#define EJ_TRANSFORM_H

#include <libxml/xmlerror.h>
#include <libxslt/xsltInternals.h>

/* One transform: where its errors go, and whether it was refused a file. */
typedef struct {
    xmlGenericErrorFunc report; /* called with every error of the sheet */
    void *to;                   /* first argument of report */
    int is_refused;             /* set: the sheet asked for a file or host */
} ej_run_t;

/* Replace libxml2's allocator. Once, before any other use of libxml2. */
void ej_transform_init(void);
/* Send the errors of libxml2 and libxslt in this thread to run; with NULL, to
 * nobody. */
void ej_transform_report_to(ej_run_t *run);
/* Transform doc. The sheet may use neither files nor the network; it is stopped
 * when it takes too long, uses too much memory or nests too deep. Returns the
 * result, to be freed by xmlFreeDoc, or NULL when the sheet failed or was
 * stopped. */
xmlDocPtr ej_transform_run(ej_run_t *run, xsltStylesheetPtr xslt,
                           xmlDocPtr doc);
#ifdef EJ_FAULTS
/* For tests: see ej_out_fail_at. */
void ej_transform_fail_at(long n);
#endif

#endif
