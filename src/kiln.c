#include "kiln.h"

#include <stdlib.h>

#include "base/fatal.h"
#include "build/build.h"

struct kiln {
    struct build *build;
    struct buffer stream;
    struct file_system files;
};

struct kiln_tree {
    struct memory_files *files;
};

static void *allocate(size_t size)
{
    void *memory = calloc(1, size);
    if (!memory)
        fatal_out_of_memory();
    return memory;
}

struct kiln_tree *kiln_tree_new(void)
{
    struct kiln_tree *tree = allocate(sizeof *tree);
    tree->files = memory_files_new();
    return tree;
}

void kiln_tree_free(struct kiln_tree *tree)
{
    if (!tree)
        return;
    memory_files_free(tree->files);
    free(tree);
}

void kiln_tree_add(struct kiln_tree *tree, const char *path, const void *content, size_t size)
{
    memory_files_add(tree->files, path, (struct slice){content, size});
}

struct kiln *kiln_new(void)
{
    struct kiln *kiln = allocate(sizeof *kiln);
    kiln->build = build_new();
    return kiln;
}

void kiln_free(struct kiln *kiln)
{
    if (!kiln)
        return;
    build_free(kiln->build);
    buffer_wipe(&kiln->stream);
    free(kiln);
}

bool kiln_build(struct kiln *kiln, const struct kiln_options *options, const char *directory)
{
    struct build_options build_options = {
        .name_hash = options->name_hash == KILN_NAME_HASH_V3   ? NAME_HASH_V3
                     : options->name_hash == KILN_NAME_HASH_V4 ? NAME_HASH_V4
                                                               : NAME_HASH_UNSET,
        .release = options->compat == KILN_COMPAT_V5_8_1   ? RELEASE_V5_8_1
                   : options->compat == KILN_COMPAT_V5_8_3 ? RELEASE_V5_8_3
                                                           : RELEASE_UNSET,
        .reorder = options->reorder == KILN_REORDER_LEGACY ? REORDER_LEGACY
                   : options->reorder == KILN_REORDER_NONE ? REORDER_NONE
                                                           : REORDER_UNSET,
        .unrestricted = options->unrestricted,
    };
    if (options->tree) {
        kiln->files = memory_files_system(options->tree->files);
        build_options.files = &kiln->files;
    }
    bool done = build_run(kiln->build, &build_options, slice_from(directory)) &&
                build_write_stream(kiln->build, &kiln->stream);
    if (!done)
        kiln->stream.length = 0;
    return done;
}

const char *kiln_stream(const struct kiln *kiln)
{
    return kiln->stream.data;
}

size_t kiln_stream_size(const struct kiln *kiln)
{
    return kiln->stream.length;
}

size_t kiln_diagnostic_count(const struct kiln *kiln)
{
    return kiln->build->diagnostics.count;
}

struct kiln_diagnostic kiln_diagnostic(const struct kiln *kiln, size_t index)
{
    struct build *build = kiln->build;
    const struct diagnostic *diagnostic = &build->diagnostics.items[index];
    const struct source *source = sources_get(&build->sources, diagnostic->position.file);
    struct buffer text = {0};
    diagnostics_render(&build->diagnostics, diagnostic, &text);
    struct kiln_diagnostic result = {
        .severity = diagnostic->severity == SEVERITY_ERROR     ? KILN_ERROR
                    : diagnostic->severity == SEVERITY_WARNING ? KILN_WARNING
                                                               : KILN_NOTICE,
        .file = arena_copy(&build->arena, source ? source->path : (struct slice){0}).data,
        .line = diagnostic->position.line,
        .column = diagnostic->position.column,
        .message = arena_copy(&build->arena, diagnostic->message).data,
        .hint = arena_copy(&build->arena, diagnostic->hint).data,
        .text = arena_copy(&build->arena, buffer_slice(&text)).data,
    };
    if (source && result.line) {
        result.line += source->line_offset;
        result.column += source->column_offset;
    }
    buffer_free(&text);
    return result;
}
