/* transform.c: runs a transform within limits.
 *
 * A sheet may be a school's own (EjournalForms), and a document larger than
 * foreseen, so a transform must never bring its Apache child down. libxslt
 * counts instructions and libxml2 counts XPath steps, but neither counts memory
 * or the time of one step. Since both allocate memory all the time, the
 * allocator below counts the memory and looks at the clock.
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

#include "text/clock.h"

/* Some twenty times what the largest page takes (README.md, "Limits"). */
#define STEPS 1000000UL        /* instructions of a sheet */
#define XPATH_STEPS 20000000UL /* nodes and operators of expressions */
#define BYTES (64L * 1024 * 1024)
#define TIME                                                                   \
    apr_time_from_sec(                                                         \
        2) /* of the processor: waiting does not count           \
                          */

/* The transform that this thread runs. */
static __thread struct {
    xsltTransformContextPtr context; /* NULL: none */
    const char *ended;               /* why it was stopped, or NULL */
    long bytes;                      /* memory that it holds */
    unsigned long calls;             /* of the allocator */
    apr_time_t end, end_processor;   /* by the clock and the processor */
} current;
static __thread ej_run_t *receiver; /* of libxslt's errors in this thread */
#ifdef EJ_FAULTS
static __thread long fail_at; /* see ej_out_fail_at; 0: never */
#endif

/* ---------------------------------------------------------------- memory -- */

/* The processor time that this thread has used. */
static apr_time_t processor_time(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return apr_time_from_sec(now.tv_sec) + now.tv_nsec / 1000;
}

/* Stop the transform at its next instruction or expression. */
static void stop(const char *why)
{
    current.ended = why;
    current.context->opLimit = 1;
    current.context->xpathCtxt->opLimit = 1;
}

/* Count memory that was allocated, and stop the transform when it holds too
 * much at once or takes too long. */
static void count(void *memory)
{
    if (!current.context || current.ended)
        return;
    current.bytes += (long)malloc_usable_size(memory);
    if (current.bytes > BYTES)
        stop("ended: it takes too much memory");
    else if (++current.calls % 64 == 0 && ej_clock() >= current.end &&
             processor_time() >= current.end_processor)
        stop("ended: it takes too long");
}

/* End the process when memory could not be allocated. libxml2 would otherwise
 * return cut documents without an error (in one of three failures, measured).
 */
static void *abort_if_null(void *memory)
{
#ifdef EJ_FAULTS
    if (fail_at > 0 && --fail_at == 0)
        abort();
#endif
    if (!memory)
        abort();
    return memory;
}

#ifdef EJ_FAULTS
void ej_transform_fail_at(long n)
{
    fail_at = n;
}
#endif

static void *counted_malloc(size_t n)
{
    void *memory = abort_if_null(malloc(n ? n : 1));
    count(memory);
    return memory;
}

static void counted_free(void *memory)
{
    if (current.context)
        current.bytes -= (long)malloc_usable_size(memory);
    free(memory);
}

static void *counted_realloc(void *memory, size_t n)
{
    if (current.context)
        current.bytes -= (long)malloc_usable_size(memory);
    memory = abort_if_null(realloc(memory, n ? n : 1));
    count(memory);
    return memory;
}

static char *counted_strdup(const char *s)
{
    char *copy = abort_if_null(strdup(s));
    count(copy);
    return copy;
}

/* --------------------------------------------------------------- reports -- */

/* Pass an error of libxslt to this thread's receiver. libxslt has one handler
 * for the whole process, and its own would write a sheet's variables, which are
 * people's data, into stderr. Without a receiver (other modules of this httpd)
 * errors go to stderr as before. */
static void report(void *unused, const char *format, ...)
{
    char line[512];
    va_list arguments;
    (void)unused;
    va_start(arguments, format);
    if (receiver) {
        apr_vsnprintf(line, sizeof line, format, arguments);
        receiver->report(receiver->to, "%s", line);
    }
    else
        vfprintf(stderr, format, arguments);
    va_end(arguments);
}

void ej_transform_report_to(ej_run_t *run)
{
    receiver = run;
    xmlSetGenericErrorFunc(run ? run->to : NULL, run ? run->report : NULL);
}

void ej_transform_init(void)
{
    xmlMemSetup(counted_free, counted_malloc, counted_realloc, counted_strdup);
    xmlInitParser();
    xsltSetGenericErrorFunc(NULL, report);
}

/* ------------------------------------------------------------- transform -- */

/* Refuse the sheet a file or host (libxslt's security check). */
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

/* Set the limits of a transform before it starts. */
static void set_limits(xsltTransformContextPtr context)
{
    context->opLimit = STEPS;
    context->xpathCtxt->opLimit = XPATH_STEPS;
    current.ended = NULL;
    current.bytes = 0;
    current.calls = 0;
    current.end = ej_clock() + TIME;
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
    set_limits(context);
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
    /* Every thread's arena would keep the pieces of a stopped transform, up to
     * BYTES of them, for as long as the child lives. */
    if (current.ended)
        malloc_trim(0);
    return result;
}
