/* file.c: reads files at configtest.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <apr_file_io.h>
#include <apr_portable.h>
#include <apr_strings.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "conf/file.h"

#define LARGEST (1024 * 1024)

static apr_status_t read_all(const char **text, apr_size_t *length,
                             apr_pool_t *ptemp, apr_file_t *in)
{
    apr_finfo_t info;
    apr_status_t rv =
        apr_file_info_get(&info, APR_FINFO_SIZE | APR_FINFO_TYPE, in);
    if (rv == APR_SUCCESS && (info.size > LARGEST || info.filetype != APR_REG))
        rv = APR_EGENERAL;
    if (rv != APR_SUCCESS)
        return rv;
    char *read = apr_palloc(ptemp, (apr_size_t)info.size + 1);
    rv = apr_file_read_full(in, read, (apr_size_t)info.size, length);
    *text = *length ? read : "";
    return rv;
}

const char *ej_file_read(const char **text, apr_size_t *length,
                         apr_pool_t *pool, apr_pool_t *ptemp, const char *file)
{
    apr_file_t *in;
    *length = 0;
    *text = "";
    apr_status_t rv =
        apr_file_open(&in, file, APR_FOPEN_READ, APR_FPROT_OS_DEFAULT, ptemp);
    if (rv == APR_SUCCESS) {
        rv = read_all(text, length, ptemp, in);
        apr_file_close(in);
    }
    return rv == APR_SUCCESS || APR_STATUS_IS_EOF(rv)
               ? NULL
               : apr_psprintf(pool, "%s: %pm", file, &rv);
}

/* The path of file relative to dir; NULL when file is not below dir. */
static const char *below(const char *file, const char *dir)
{
    char real[PATH_MAX];
    if (!realpath(dir, real))
        return NULL;
    apr_size_t length = strlen(real);
    return strncmp(file, real, length) || file[length] != '/'
               ? NULL
               : file + length + 1;
}

/* Open the file at path inside, relative to dir, following no symbolic link:
 * one could have been made since the path was resolved. Returns the descriptor,
 * or -1 with errno. */
static int open_below(const char *dir, const char *inside, apr_pool_t *ptemp)
{
    int at = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (char *last, *name = apr_strtok(apr_pstrdup(ptemp, inside), "/", &last);
         name && at >= 0; name = apr_strtok(NULL, "/", &last)) {
        int next =
            openat(at, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        int error = errno;
        close(at);
        errno = error;
        at = next;
    }
    return at;
}

const char *ej_file_read_below(const char **text, apr_size_t *length,
                               apr_pool_t *ptemp, const char *file,
                               const char *const *dirs)
{
    char real[PATH_MAX];
    const char *inside = NULL;
    apr_file_t *in = NULL;
    *length = 0;
    if (!realpath(file, real))
        return apr_pstrcat(ptemp, file, " cannot be read", NULL);
    while (*dirs && !(inside = below(real, *dirs)))
        dirs++;
    if (!inside)
        return apr_pstrcat(ptemp, file, " is outside of the sheets", NULL);
    int descriptor = open_below(*dirs, inside, ptemp);
    if (descriptor < 0)
        return apr_pstrcat(ptemp, file, " cannot be read", NULL);
    apr_os_file_put(&in, &descriptor, APR_FOPEN_READ, ptemp);
    apr_status_t rv = read_all(text, length, ptemp, in);
    close(descriptor);
    return rv == APR_SUCCESS || APR_STATUS_IS_EOF(rv)
               ? NULL
               : apr_psprintf(ptemp, "%s: %pm", file, &rv);
}
