// tests/plain_referee.h
//
// libyaml as the referee of `plain_scan`: with and without it, every reading of a text must give the same nodes with
// the same positions, and the same messages. For the suite `yaml_plain` and the fuzz target `fuzz_yaml_read`.
#pragma once

#include "yaml/plain.h"
#include "yaml/read.h"

static inline bool same_position(struct position a, struct position b)
{
    return a.file == b.file && a.line == b.line && a.column == b.column;
}

static bool same_nodes(const struct node *a, const struct node *b)
{
    if (a->kind != b->kind || a->style != b->style || a->tag != b->tag || a->flags != b->flags ||
        a->count != b->count || !same_position(a->position, b->position))
        return false;
    if (a->kind == NODE_SCALAR)
        return slice_equal(node_text(a), node_text(b));
    for (uint32_t i = 0; i < a->count; i++) {
        if (a->kind == NODE_SEQUENCE && !same_nodes(a->items[i], b->items[i]))
            return false;
        if (a->kind == NODE_SEQUENCE)
            continue;
        const struct map_entry *left = &a->entries[i], *right = &b->entries[i];
        if (left->key != right->key || left->key_line != right->key_line || left->key_column != right->key_column ||
            left->key_tag != right->key_tag || !same_nodes(left->value, right->value))
            return false;
    }
    return true;
}

enum { READINGS = 3 };

struct reading_result {
    bool done;
    struct node_list documents;
    struct diagnostics diagnostics;
};

// As resources, as a kustomization, as a configuration.
static inline void read_in_one_way(int way, struct arena *arena, struct name_cache *names, struct sources *sources,
                                   struct slice text, struct reading_result *result)
{
    struct source source = {.path = slice_literal("f.yaml"), .content = text, .file = 1};
    struct node *document = NULL;
    *result = (struct reading_result){0};
    diagnostics_init(&result->diagnostics, arena, sources);
    struct read_context context = {arena, names, &result->diagnostics};
    result->done = way == 0   ? yaml_read_resources(&context, &source, &result->documents)
                   : way == 1 ? yaml_read_first(&context, &source, &document)
                              : yaml_read_first_strict(&context, &source, &document);
    if (document)
        list_append(arena, &result->documents, document);
}

static inline bool same_results(const struct reading_result *a, const struct reading_result *b)
{
    bool same = a->done == b->done && a->documents.count == b->documents.count &&
                a->documents.skipped == b->documents.skipped && a->diagnostics.count == b->diagnostics.count;
    for (size_t i = 0; same && i < a->documents.count; i++)
        same = same_nodes(a->documents.items[i], b->documents.items[i]);
    for (size_t i = 0; same && i < a->diagnostics.count; i++)
        same = slice_equal(a->diagnostics.items[i].message, b->diagnostics.items[i].message) &&
               same_position(a->diagnostics.items[i].position, b->diagnostics.items[i].position);
    return same;
}

// False: libyaml sees something else.
static inline bool referee_agrees(struct slice text)
{
    struct arena arena = {0};
    struct sources sources = {.arena = &arena};
    struct name_table names;
    struct name_cache cache = {.table = &names};
    bool agrees = true;
    name_table_init(&names, NULL, 0);
    sources_add(&sources, slice_literal("f.yaml"), text);
    for (int way = 0; agrees && way < READINGS; way++) {
        struct reading_result as_it_is, by_libyaml;
        read_in_one_way(way, &arena, &cache, &sources, text, &as_it_is);
        plain_never(true);
        read_in_one_way(way, &arena, &cache, &sources, text, &by_libyaml);
        plain_never(false);
        agrees = same_results(&as_it_is, &by_libyaml);
    }
    name_table_free(&names);
    arena_free(&arena);
    return agrees;
}
