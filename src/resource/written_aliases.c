// resource/written_aliases.c
//
// What kustomize does with anchors when it reads a resource: an alias becomes a copy of its target, with comments,
// lines, and columns, and the merged fields come after the map's own.
#include "base/hash_index.h"
#include "resource/written.h"

struct named {
    struct slice name;
    uint32_t latest;  // the number of its last anchor so far
};

struct anchors {
    struct arena *arena;
    struct tree **items;
    size_t count, capacity;
    struct {
        struct named *items;
        size_t count, capacity;
    } names;
    struct hash_index index;  // of the names
};

static struct named *find(const struct anchors *anchors, struct slice name)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&anchors->index, slice_hash(name)); hash_cursor_next(&at, &number);)
        if (slice_equal(anchors->names.items[number].name, name))
            return &anchors->names.items[number];
    return NULL;
}

static void add_anchor(struct anchors *anchors, struct tree *tree)
{
    struct named *known = find(anchors, tree->anchor);
    uint32_t number = (uint32_t)anchors->count;
    list_append(anchors->arena, anchors, tree);
    if (known) {
        known->latest = number;
        return;
    }
    hash_index_add(anchors->arena, &anchors->index, slice_hash(tree->anchor), (uint32_t)anchors->names.count);
    list_append(anchors->arena, &anchors->names, ((struct named){tree->anchor, number}));
}

// An alias refers to the last anchor before it. The number of that anchor is stored as the alias's file, which is
// otherwise unused.
static bool number_aliases(struct anchors *anchors, struct tree *tree)
{
    if (tree->kind == TREE_ALIAS) {
        const struct named *named = find(anchors, tree->text);
        if (named)
            tree->position.file = named->latest;
        return named != NULL;
    }
    if (tree->anchor.length)
        add_anchor(anchors, tree);
    for (uint32_t i = 0; i < tree->count; i++)
        if (!number_aliases(anchors, tree->items[i]))
            return false;
    return true;
}

static struct tree *target_of(const struct anchors *anchors, const struct tree *alias)
{
    return anchors->items[alias->position.file];
}

// Appends the maps that `<<` names in reverse order, so that the first one takes precedence.
static bool add_sources(const struct anchors *anchors, struct tree *value, struct tree *sources)
{
    if (value->kind == TREE_ALIAS)
        value = target_of(anchors, value);
    if (value->kind == TREE_MAP) {
        tree_append(anchors->arena, sources, value);
        return true;
    }
    if (value->kind != TREE_SEQUENCE)
        return false;
    for (uint32_t i = value->count; i-- > 0;)
        if (!add_sources(anchors, value->items[i], sources))
            return false;
    return true;
}

// Sets an entry; the index maps keys to their position in the items.
static void set_entry(struct arena *arena, struct hash_index *index, struct tree *map, struct tree *key,
                      struct tree *value)
{
    uint64_t hash = slice_hash(key->text);
    uint32_t at;
    for (struct hash_cursor cursor = hash_index_find(index, hash); hash_cursor_next(&cursor, &at);)
        if (slice_equal(map->items[at]->text, key->text)) {
            map->items[at] = key;
            map->items[at + 1] = value;
            return;
        }
    hash_index_add(arena, index, hash, map->count);
    tree_append(arena, map, key);
    tree_append(arena, map, value);
}

static bool merge_sources(const struct anchors *anchors, struct tree *map)
{
    struct tree *sources = tree_new(anchors->arena, TREE_SEQUENCE);
    size_t at = 0;
    while (at < map->count && !slice_equals(map->items[at]->tag, "!!merge"))
        at += 2;
    if (at >= map->count)
        return true;
    if (!add_sources(anchors, map->items[at + 1], sources))
        return false;
    tree_remove_entry(map, at);
    const struct tree *own = tree_copy(anchors->arena, map);
    struct hash_index index = {0};
    for (uint32_t i = 0; i < map->count; i += 2)
        hash_index_add(anchors->arena, &index, slice_hash(map->items[i]->text), i);
    for (uint32_t i = 0; i <= sources->count; i++) {
        const struct tree *source = i < sources->count ? tree_copy(anchors->arena, sources->items[i]) : own;
        for (uint32_t k = 0; k + 1 < source->count; k += 2)
            set_entry(anchors->arena, &index, map, source->items[k], source->items[k + 1]);
    }
    return true;
}

static struct tree *resolve(const struct anchors *anchors, struct tree *tree)
{
    if (tree->kind == TREE_ALIAS) {
        struct tree *target = resolve(anchors, target_of(anchors, tree));
        return target ? tree_copy(anchors->arena, target) : NULL;
    }
    if (tree->kind == TREE_MAP && !merge_sources(anchors, tree))
        return NULL;
    for (uint32_t i = 0; i < tree->count; i++)
        if (!(tree->items[i] = resolve(anchors, tree->items[i])))
            return NULL;
    return tree;
}

bool written_resolve_aliases(struct arena *arena, struct tree *document, struct tree *part)
{
    struct anchors anchors = {.arena = arena};
    return number_aliases(&anchors, document) && resolve(&anchors, part);
}
