/* transform.h: one transform within limits; for the files of out/ alone.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EJ_TRANSFORM_H
#define EJ_TRANSFORM_H

#include <libxml/xmlerror.h>
#include <libxslt/xsltInternals.h>

/* A compiled sheet; in conf->sheets by name. */
typedef struct {
    xsltStylesheetPtr xslt;
    int is_html; /* and UTF-8, without indentation: html.c writes it */
} ej_sheet_t;

typedef struct {
    xmlGenericErrorFunc report; /* told every fault of the sheet */
    void *to;                   /* what report gets first */
    int is_refused;             /* set: the sheet asked for a file or host */
} ej_run_t;

/* Take over libxml2's allocator. Once, before any other use of libxml2. */
void ej_transform_init(void);
/* Tell run what libxml2 and libxslt report in this thread; NULL: nobody. */
void ej_transform_report_to(ej_run_t *run);
/* Transform doc. A sheet gets no file and no network, and is ended when it
 * takes too long, too much memory or nests too deep. Returns the result, to be
 * freed by xmlFreeDoc, or NULL when the sheet failed or was ended. */
xmlDocPtr ej_transform_run(ej_run_t *run, xsltStylesheetPtr xslt,
                           xmlDocPtr doc);

#endif
