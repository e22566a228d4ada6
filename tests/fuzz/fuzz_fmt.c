// tests/fuzz/fuzz_fmt.c
//
// Formats a kustomization in memory. Formatting the output again doesn't change it, and if it builds, it means the
// same.
#include <stdint.h>
#include <stdlib.h>

#include "edit/fmt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// False if the text is rejected.
static bool format(struct slice text, struct buffer *formatted)
{
    static const char web[] = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n";
    struct memory_files *files = memory_files_new();
    memory_files_add(files, "kustomization.yaml", text);
    memory_files_add(files, "web.yaml", slice_literal(web));
    struct file_system system = memory_files_system(files);
    struct build *build = build_new();
    struct fmt_file file = {.directory = slice_literal("/"),
                            .name = slice_literal("kustomization.yaml"),
                            .shown = slice_literal("kustomization.yaml")};
    bool good = fmt_run(build, &system, &file);
    if (good != (build->diagnostics.error_count == 0))
        abort();
    if (good)
        buffer_add_slice(formatted, file.after);
    build_free(build);
    memory_files_free(files);
    return good;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer once = {0}, twice = {0};
    if (format((struct slice){(const char *)data, size}, &once) &&
        (!format(buffer_slice(&once), &twice) || !slice_equal(buffer_slice(&once), buffer_slice(&twice))))
        abort();
    buffer_free(&once);
    buffer_free(&twice);
    return 0;
}
