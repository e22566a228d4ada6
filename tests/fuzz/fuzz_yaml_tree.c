// tests/fuzz/fuzz_yaml_tree.c
//
// Reads any bytes as documents that keep their comments and styles. The output is read once more: comments may move, as
// in kustomize, but everything that can be read must be printable.
#include <stdint.h>
#include <stdlib.h>

#include "yaml/tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct fuzz {
    struct arena arena;
    struct sources sources;
    struct name_table names;
    struct name_cache cache;
};

static bool print(struct fuzz *fuzz, struct slice text, struct buffer *out)
{
    struct diagnostics diagnostics;
    diagnostics_init(&diagnostics, &fuzz->arena, &fuzz->sources);
    struct read_context context = {&fuzz->arena, &fuzz->cache, &diagnostics};
    struct source *source = sources_add(&fuzz->sources, slice_literal("f.yaml"), text);
    struct tree_documents documents = {0};
    struct tree_document *first;
    bool read = tree_read(&context, source, &documents);
    // Reading fails if and only if it has reported one error.
    if (diagnostics.error_count != (read ? 0 : 1))
        abort();
    struct tree_writer writer = {.out = out};
    for (size_t i = 0; i < documents.count; i++)
        tree_write_document(&writer, documents.items[i]);
    if (tree_read_first(&context, source, &first) && first && first->root) {
        struct tree *copy = tree_copy(&fuzz->arena, first->root);
        tree_strip_comments(copy);
        struct buffer node = {0};
        tree_write(&node, copy);
        buffer_free(&node);
    }
    return read;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz fuzz = {0};
    fuzz.sources.arena = &fuzz.arena;
    name_table_init(&fuzz.names, NULL, 0);
    fuzz.cache.table = &fuzz.names;
    struct buffer once = {0}, twice = {0};
    if (print(&fuzz, (struct slice){(const char *)data, size}, &once))
        print(&fuzz, buffer_slice(&once), &twice);
    buffer_free(&once);
    buffer_free(&twice);
    name_table_free(&fuzz.names);
    arena_free(&fuzz.arena);
    return 0;
}
