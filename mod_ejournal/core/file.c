/* file.c: the text of a file that is read at configtest.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <apr_file_io.h>

#include "core.h"

#define LARGEST (1024 * 1024)

const char *ej_file_read(const char **text, apr_size_t *length,
                         apr_pool_t *pool, apr_pool_t *ptemp, const char *file)
{
    apr_file_t *in;
    apr_finfo_t info;
    char *read = NULL;
    apr_status_t rv =
        apr_file_open(&in, file, APR_FOPEN_READ, APR_FPROT_OS_DEFAULT, ptemp);
    *length = 0;
    if (rv == APR_SUCCESS) {
        rv = apr_file_info_get(&info, APR_FINFO_SIZE, in);
        if (rv == APR_SUCCESS && info.size > LARGEST)
            rv = APR_EGENERAL;
        if (rv == APR_SUCCESS) {
            read = apr_palloc(ptemp, (apr_size_t)info.size + 1);
            rv = apr_file_read_full(in, read, (apr_size_t)info.size, length);
        }
        apr_file_close(in);
    }
    if (rv != APR_SUCCESS && !APR_STATUS_IS_EOF(rv))
        return apr_psprintf(pool, "%s: %pm", file, &rv);
    *text = *length ? read : "";
    return NULL;
}
