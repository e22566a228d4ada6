// tests/fuzz/fuzz_yaml_read.c
//
// Reads any bytes as a file of resources, as a kustomization, and as a configuration.
// Text that is read without libyaml must yield what libyaml yields.
#include <stdint.h>
#include <stdlib.h>

#include "tests/plain_referee.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct sources sources = {.arena = &arena};
    struct name_table names;
    struct name_cache cache = {.table = &names};
    name_table_init(&names, NULL, 0);
    struct source *source = sources_add(&sources, slice_literal("f.yaml"), (struct slice){(const char *)data, size});
    for (int way = 0; way < 3; way++) {
        struct diagnostics diagnostics;
        diagnostics_init(&diagnostics, &arena, &sources);
        struct read_context context = {&arena, &cache, &diagnostics};
        struct node_list documents = {0};
        struct node *document = NULL;
        bool read = way == 0   ? yaml_read_resources(&context, source, &documents)
                    : way == 1 ? yaml_read_first(&context, source, &document)
                               : yaml_read_first_strict(&context, source, &document);
        // Reading fails if and only if it has reported one error.
        if (diagnostics.error_count != (read ? 0 : 1))
            abort();
        for (size_t i = 0; i < documents.count; i++)
            node_dump(&arena, documents.items[i]);
        if (document)
            node_dump(&arena, document);
    }
    name_table_free(&names);
    arena_free(&arena);
    if (!referee_agrees((struct slice){(const char *)data, size}))
        abort();
    return 0;
}
