/* files.c: the files of a form, as parameters of the page's queries.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "page/page.h"

ej_err_t *ej_page_file(const ej_file_t **file, ej_ctx_t *c, const char *field)
{
    const apr_array_header_t *files = c->request->files;
    for (int i = 0; files && i < files->nelts; i++) {
        *file = APR_ARRAY_IDX(files, i, ej_file_t *);
        if (!strcmp((*file)->field, field))
            return NULL;
    }
    return ej_err(c->pool, JE101, field, "no file");
}

ej_err_t *ej_page_files(ej_ctx_t *c)
{
    static const char *const fields[][3] = {{"file1", "name1", "data1"},
                                            {"file2", "name2", "data2"},
                                            {"file3", "name3", "data3"}};
    ej_params_t *p = ej_page_params(c);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const ej_file_t *file;
        const char *data = NULL;
        int is_there = !ej_page_file(&file, c, fields[i][0]);
        if (is_there)
            EJ_TRY(ej_in_bytea(&data, ej_page_pool(c), file));
        ej_params_set(p, fields[i][1], is_there ? file->name : NULL);
        ej_params_set(p, fields[i][2], data);
    }
    return NULL;
}
