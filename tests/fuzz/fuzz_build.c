// tests/fuzz/fuzz_build.c
//
// A whole build of a tree in memory. The input is the tree: a line `=== PATH` begins a file, whose content goes to the
// next such line. Without such a line, the input is kustomization.yaml.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/build.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct slice mark = {"=== ", 4};

static void add_files(struct memory_files *files, struct slice input)
{
    struct slice path = slice_literal("kustomization.yaml");
    const char *content = input.data;
    struct slice line, rest = input;
    struct arena arena = {0};
    while (rest.length > 0) {
        const char *start = rest.data;
        slice_cut(rest, '\n', &line, &rest);
        if (!slice_starts_with(line, mark))
            continue;
        if (start > input.data)
            memory_files_add(files, arena_copy(&arena, path).data, (struct slice){content, (size_t)(start - content)});
        path = slice_from_index(line, mark.length);
        content = rest.length ? rest.data : line.data + line.length;
    }
    if (input.length)
        memory_files_add(files, arena_copy(&arena, path).data,
                         (struct slice){content, (size_t)(input.data + input.length - content)});
    arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct memory_files *files = memory_files_new();
    add_files(files, (struct slice){(const char *)data, size});
    struct file_system system = memory_files_system(files);
    struct build_options options = {.files = &system};
    struct build *build = build_new();
    struct buffer stream = {0}, messages = {0};
    bool succeeded = build_run(build, &options, slice_literal(".")) && build_write_stream(build, &stream);
    // A build fails if and only if it has reported an error.
    if (succeeded != (build->diagnostics.error_count == 0))
        abort();
    for (size_t i = 0; i < build->diagnostics.count; i++)
        diagnostics_render(&build->diagnostics, &build->diagnostics.items[i], &messages);
    buffer_free(&messages);
    buffer_free(&stream);
    build_free(build);
    memory_files_free(files);
    return 0;
}
