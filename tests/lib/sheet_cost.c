/* sheet_cost.c: measures the cost of a sheet for several documents (linear.t).
 *
 *   sheet_cost SHEET RUNS FILE…
 *
 * Prints a line for each file: its nodes, the steps counted by libxslt and
 * libxml2, the allocations, and the least CPU time of RUNS runs, in us. The
 * files take turns, so that other work on the machine disturbs all of them
 * alike. SPDX-License-Identifier: Apache-2.0
 */
#include <libexslt/exslt.h>
#include <libxml/parser.h>
#include <libxslt/transform.h>
#include <libxslt/xsltutils.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MOST 8
#define NO_LIMIT 2000000000UL

typedef struct {
    xmlDocPtr doc;
    long nodes, us;
    unsigned long steps, allocations;
} file_t;

static unsigned long allocations;

static void *counted_malloc(size_t n)
{
    allocations++;
    return malloc(n);
}

static void *counted_realloc(void *memory, size_t n)
{
    allocations++;
    return realloc(memory, n);
}

static long count_nodes(const xmlNode *node)
{
    long n = 0;
    for (; node; node = node->next) {
        n += 1 + count_nodes(node->children);
        for (const xmlAttr *a = node->properties;
             node->type == XML_ELEMENT_NODE && a; a = a->next)
            n++;
    }
    return n;
}

static long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec * 1000000L + t.tv_nsec / 1000;
}

static int run(file_t *file, xsltStylesheetPtr sheet)
{
    allocations = 0;
    long from = now();
    xsltTransformContextPtr context = xsltNewTransformContext(sheet, file->doc);
    context->opLimit = context->xpathCtxt->opLimit = NO_LIMIT;
    xmlDocPtr result =
        xsltApplyStylesheetUser(sheet, file->doc, NULL, NULL, NULL, context);
    long us = now() - from;
    if (!result || context->state != XSLT_STATE_OK)
        return 0;
    file->us = !file->us || us < file->us ? us : file->us;
    file->steps = context->opCount + context->xpathCtxt->opCount;
    file->allocations = allocations;
    xsltFreeTransformContext(context);
    xmlFreeDoc(result);
    return 1;
}

int main(int argc, char **argv)
{
    file_t files[MOST] = {{NULL, 0, 0, 0, 0}};
    int n = argc - 3;
    if (n < 1 || n > MOST)
        return 2;
    /* keep freed memory: getting it from the system again would disturb the
     * times */
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_MMAP_MAX, 0);
    xmlMemSetup(free, counted_malloc, counted_realloc, strdup);
    exsltCommonRegister();
    exsltStrRegister();
    exsltSetsRegister();
    xsltStylesheetPtr sheet = xsltParseStylesheetFile((xmlChar *)argv[1]);
    if (!sheet)
        return 1;
    for (int i = 0; i < n; i++) {
        files[i].doc = xmlReadFile(argv[i + 3], NULL, XML_PARSE_HUGE);
        if (!files[i].doc)
            return 1;
        files[i].nodes = count_nodes(files[i].doc->children);
    }
    for (int turn = 0; turn < atoi(argv[2]); turn++)
        for (int i = 0; i < n; i++)
            if (!run(&files[i], sheet))
                return 1;
    for (int i = 0; i < n; i++)
        printf("%ld %lu %lu %ld\n", files[i].nodes, files[i].steps,
               files[i].allocations, files[i].us);
    return 0;
}
