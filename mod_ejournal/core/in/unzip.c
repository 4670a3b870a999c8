/* unzip.c: opens a ZIP archive and judges its entries.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "in/unzip.h"

#include <apr_portable.h>
#include <unistd.h>

#define MOST_ENTRIES 1000
#define MOST_UNPACKED (20 << 20) /* of one entry */
#define MOST_RATIO 200

static apr_status_t close_zip(void *zip)
{
    zip_discard(zip);
    return APR_SUCCESS;
}

zip_t *ej_unzip_open(apr_pool_t *pool, apr_file_t *file)
{
    apr_os_file_t descriptor;
    int wrong, copy = apr_os_file_get(&descriptor, file) == APR_SUCCESS
                          ? dup(descriptor)
                          : -1;
    zip_t *zip = copy < 0 ? NULL : zip_fdopen(copy, ZIP_CHECKCONS, &wrong);
    if (!zip && copy >= 0)
        close(copy);
    if (zip)
        apr_pool_cleanup_register(pool, zip, close_zip, apr_pool_cleanup_null);
    return zip && zip_get_num_entries(zip, 0) <= MOST_ENTRIES ? zip : NULL;
}

zip_int64_t ej_unzip_size(zip_t *zip, const char *name)
{
    zip_stat_t stat;
    const zip_uint64_t known = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
    if (zip_stat(zip, name, 0, &stat) || (stat.valid & known) != known ||
        stat.size > MOST_UNPACKED ||
        stat.size > (stat.comp_size + 1024) * MOST_RATIO)
        return -1;
    return (zip_int64_t)stat.size;
}
