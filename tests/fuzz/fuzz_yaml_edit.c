// tests/fuzz/fuzz_yaml_edit.c
//
// A text and changes to its tree: up to the first NUL, every three bytes are a change; after it comes the text. The
// result must read as the changed tree, and an unchanged tree must keep every byte.
#include <stdint.h>
#include <stdlib.h>

#include "yaml/edit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct fuzz {
    struct arena arena;
    struct sources sources;
    struct name_table names;
    struct name_cache cache;
    struct diagnostics diagnostics;
    struct read_context read;
};

static struct node *new_value(struct fuzz *fuzz, uint8_t choice)
{
    static const char *const texts[] = {"a",    "true", "x: y", "- b", "two\nlines\n", "",
                                        "1.10", "it's", "#c",   "{d",  "e, f"};
    struct position nowhere = {0};
    struct node *value = node_new_string(&fuzz->arena, slice_from(texts[choice % countof(texts)]), nowhere);
    if (choice & 0x40) {
        struct node *list = node_new_sequence(&fuzz->arena, nowhere);
        node_sequence_append(&fuzz->arena, list, value);
        value = list;
    }
    if (choice & 0x80) {
        struct node *map = node_new_map(&fuzz->arena, nowhere);
        node_map_set(&fuzz->arena, map, name_intern(&fuzz->names, slice_literal("name")), value);
        value = map;
    }
    return value;
}

// A map or list somewhere in the tree.
static struct node *walk_down(struct node *node, uint8_t steps)
{
    for (; steps; steps >>= 2) {
        struct node *below = !node->count             ? NULL
                             : node->kind == NODE_MAP ? node->entries[(steps & 3) % node->count].value
                                                      : node->items[(steps & 3) % node->count];
        if (!below || below->kind == NODE_SCALAR)
            break;
        node = below;
    }
    return node;
}

static void change_map(struct fuzz *fuzz, struct node *map, uint8_t way, uint8_t choice)
{
    static const char *const keys[] = {"name", "new", "yes", "a b"};
    const struct name *key = name_intern(&fuzz->names, slice_from(keys[choice % countof(keys)]));
    if (way == 0 && map->count)
        node_map_remove(map, map->entries[choice % map->count].key);
    else if (way == 1 && map->count)
        map->entries[choice % map->count].value = new_value(fuzz, choice);
    else
        node_map_set(&fuzz->arena, map, key, new_value(fuzz, choice));
}

static void change_list(struct fuzz *fuzz, struct node *list, uint8_t way, uint8_t choice)
{
    if (way == 0 && list->count) {
        node_sequence_remove(list, choice % list->count);
    } else if (way == 1 && list->count) {
        list->items[choice % list->count] = new_value(fuzz, choice);
    } else if (way == 2 && list->count) {
        struct node *moved = list->items[choice % list->count];
        node_sequence_remove(list, choice % list->count);
        node_sequence_insert(&fuzz->arena, list, choice / 16 % (list->count + 1), moved);
    } else {
        node_sequence_insert(&fuzz->arena, list, choice % (list->count + 1), new_value(fuzz, choice));
    }
}

static void check(struct fuzz *fuzz, const struct source *source, const struct node *wanted, bool changed)
{
    struct buffer out = {0};
    if (!yaml_edit(&fuzz->read, source, wanted, &out))
        abort();
    bool anew = fuzz->diagnostics.count > 0;
    if (!changed && !slice_equal(buffer_slice(&out), source->content))
        abort();
    struct source *result = sources_add(&fuzz->sources, slice_literal("out"), buffer_slice(&out));
    struct node *is;
    // A rewritten file may lose strings that no YAML can contain.
    bool read = yaml_read_first(&fuzz->read, result, &is);
    if (!anew && (!read || (is ? !node_equal(is, wanted) : wanted->count > 0)))
        abort();
    buffer_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct fuzz fuzz;
    fuzz = (struct fuzz){0};
    fuzz.sources.arena = &fuzz.arena;
    diagnostics_init(&fuzz.diagnostics, &fuzz.arena, &fuzz.sources);
    name_table_init(&fuzz.names, NULL, 0);
    fuzz.cache.table = &fuzz.names;
    fuzz.read = (struct read_context){&fuzz.arena, &fuzz.cache, &fuzz.diagnostics};
    size_t text_start = 0;
    while (text_start < size && data[text_start])
        text_start++;
    struct slice text = {(const char *)data + text_start, size - text_start};
    struct source *source = sources_add(&fuzz.sources, slice_literal("f.yaml"),
                                        slice_from_index(text, text.length ? 1 : 0));
    struct node *is;
    if (yaml_read_first(&fuzz.read, source, &is) && (!is || is->kind == NODE_MAP)) {
        struct node *wanted = is ? node_copy(&fuzz.arena, is) : node_new_map(&fuzz.arena, (struct position){0});
        diagnostics_forget(&fuzz.diagnostics, 0);
        check(&fuzz, source, wanted, false);
        for (size_t i = 0; i + 2 < text_start && i < 24; i += 3) {
            struct node *place = walk_down(wanted, data[i]);
            if (place->kind == NODE_MAP)
                change_map(&fuzz, place, data[i + 1] % 4, data[i + 2]);
            else
                change_list(&fuzz, place, data[i + 1] % 4, data[i + 2]);
        }
        diagnostics_forget(&fuzz.diagnostics, 0);
        check(&fuzz, source, wanted, true);
    }
    name_table_free(&fuzz.names);
    arena_free(&fuzz.arena);
    return 0;
}
