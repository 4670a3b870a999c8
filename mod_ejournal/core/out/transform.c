/* transform.c: one transform within limits.
 *
 * A sheet may be a school's own (EjournalForms), and a document may be larger
 * than anybody thought of, so a transform must never take its child of Apache
 * along. libxslt counts instructions and libxml2 XPath steps, but neither
 * counts memory or what one step costs. Both ask for memory all the time,
 * though, so the allocator (below) also looks at the clock.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "out/transform.h"

#include <apr_strings.h>
#include <apr_time.h>
#include <libxml/parser.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/xsltutils.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Some twenty times what the largest page takes (README.md, "Limits"). */
#define STEPS 1000000UL        /* instructions of a sheet */
#define XPATH_STEPS 20000000UL /* nodes and operators of expressions */
#define BYTES (64L * 1024 * 1024)
#define TIME apr_time_from_sec(2) /* the processor's: no load ends a page */

/* The transform that this thread runs. */
static __thread struct {
    xsltTransformContextPtr context; /* NULL: none */
    const char *ended;               /* why */
    long bytes;                      /* that it holds */
    unsigned long calls;
    apr_time_t end, end_processor;
} current;
static __thread ej_run_t *told; /* of libxslt's reports in this thread */

/* ---------------------------------------------------------------- memory -- */

/* What this thread has had of the processor. */
static apr_time_t processor_time(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return apr_time_from_sec(now.tv_sec) + now.tv_nsec / 1000;
}

/* Let the transform end at its next instruction or expression. */
static void end(const char *why)
{
    current.ended = why;
    current.context->opLimit = 1;
    current.context->xpathCtxt->opLimit = 1;
}

/* Memory was got: what the transform holds at once is limited, not what
 * passes through. */
static void count(void *memory)
{
    if (!current.context || current.ended)
        return;
    current.bytes += (long)malloc_usable_size(memory);
    if (current.bytes > BYTES)
        end("ended: it takes too much memory");
    else if (++current.calls % 64 == 0 && apr_time_now() >= current.end &&
             processor_time() >= current.end_processor)
        end("ended: it takes too long");
}

/* Out of memory ends the process: libxml2 otherwise returns documents that
 * are cut and call themselves good (one in three, measured). */
static void *sure(void *memory)
{
    if (!memory)
        abort();
    return memory;
}

static void *sure_malloc(size_t n)
{
    void *memory = sure(malloc(n ? n : 1));
    count(memory);
    return memory;
}

static void counted_free(void *memory)
{
    if (current.context)
        current.bytes -= (long)malloc_usable_size(memory);
    free(memory);
}

static void *sure_realloc(void *memory, size_t n)
{
    if (current.context)
        current.bytes -= (long)malloc_usable_size(memory);
    memory = sure(realloc(memory, n ? n : 1));
    count(memory);
    return memory;
}

static char *sure_strdup(const char *s)
{
    char *copy = sure(strdup(s));
    count(copy);
    return copy;
}

/* --------------------------------------------------------------- reports -- */

/* libxslt has one handler for a process and dumps a sheet's variables into
 * stderr, which are what pages show. To whoever else uses it in this httpd,
 * nothing changes. */
static void report(void *nobody, const char *format, ...)
{
    char line[512];
    va_list arguments;
    (void)nobody;
    va_start(arguments, format);
    if (told) {
        apr_vsnprintf(line, sizeof line, format, arguments);
        told->report(told->to, "%s", line);
    }
    else
        vfprintf(stderr, format, arguments);
    va_end(arguments);
}

void ej_transform_report_to(ej_run_t *run)
{
    told = run;
    xmlSetGenericErrorFunc(run ? run->to : NULL, run ? run->report : NULL);
}

void ej_transform_init(void)
{
    xmlMemSetup(counted_free, sure_malloc, sure_realloc, sure_strdup);
    xmlInitParser();
    xsltSetGenericErrorFunc(NULL, report);
}

/* ------------------------------------------------------------- transform -- */

static int refuse(xsltSecurityPrefsPtr prefs, xsltTransformContextPtr context,
                  const char *value)
{
    (void)prefs;
    (void)value; /* libxslt reports it */
    ((ej_run_t *)context->_private)->is_refused = 1;
    return 0;
}

static xsltSecurityPrefsPtr refuse_all(void)
{
    xsltSecurityPrefsPtr prefs = xsltNewSecurityPrefs();
    for (int i = XSLT_SECPREF_READ_FILE; i <= XSLT_SECPREF_WRITE_NETWORK; i++)
        xsltSetSecurityPrefs(prefs, i, refuse);
    return prefs;
}

static void begin(xsltTransformContextPtr context)
{
    context->opLimit = STEPS;
    context->xpathCtxt->opLimit = XPATH_STEPS;
    current.ended = NULL;
    current.bytes = 0;
    current.calls = 0;
    current.end = apr_time_now() + TIME;
    current.end_processor = processor_time() + TIME;
    current.context = context;
}

xmlDocPtr ej_transform_run(ej_run_t *run, xsltStylesheetPtr xslt, xmlDocPtr doc)
{
    xsltSecurityPrefsPtr prefs = refuse_all();
    xsltTransformContextPtr context = xsltNewTransformContext(xslt, doc);
    run->is_refused = 0;
    context->_private = run;
    xsltSetCtxtSecurityPrefs(prefs, context);
    xsltSetTransformErrorFunc(context, run->to, run->report);
    ej_transform_report_to(run);
    begin(context);
    xmlDocPtr result =
        xsltApplyStylesheetUser(xslt, doc, NULL, NULL, NULL, context);
    current.context = NULL;
    if (current.ended)
        run->report(run->to, "%s", current.ended);
    if (result && (context->state != XSLT_STATE_OK || current.ended)) {
        xmlFreeDoc(result);
        result = NULL;
    }
    xsltFreeTransformContext(context);
    xsltFreeSecurityPrefs(prefs);
    ej_transform_report_to(NULL);
    return result;
}
