#include "doc/merge_key.h"

#include "doc/joined_maps.h"

// The maps that one `<<` merges.
struct merge_sources {
    struct node *single;
    struct node *const *maps;
    uint32_t count;
};

// The line in the file, even if the map is in a text inside it.
static uint32_t line_of_key(const struct yaml_merge *merge, const struct node *map, const struct map_entry *entry)
{
    return sources_line_in_file(merge->diagnostics->sources, key_position(map, entry));
}

static bool find_sources(const struct yaml_merge *merge, const struct node *map, const struct map_entry *entry,
                         struct merge_sources *sources)
{
    struct node *value = entry->value;
    if (value->kind == NODE_MAP) {
        *sources = (struct merge_sources){.single = value, .count = 1};
        return true;
    }
    bool maps = value->kind == NODE_SEQUENCE && !(value->flags & NODE_FROM_ALIAS);
    for (uint32_t i = 0; maps && i < value->count; i++)
        maps = value->items[i]->kind == NODE_MAP;
    if (!maps) {
        // The build may have added the key to a map of another file.
        diagnose(merge->diagnostics, merge->made ? value->position : key_position(map, entry),
                 "expected a map or a list of maps for '<<', found %s",
                 value->kind == NODE_SEQUENCE ? "a list with other values" : node_kind_phrase(value));
        if (merge->made)
            diagnose_hint(
                merge->diagnostics,
                "choose another key: when kustomize reads back a '<<' that it wrote, it takes it for a merge key");
        else
            diagnose_hint(merge->diagnostics, "write `<<: *name` or `<<: [*name, *other]`, with anchors on maps");
        return false;
    }
    *sources = (struct merge_sources){.maps = value->items, .count = value->count};
    return true;
}

static struct node *source_at(const struct merge_sources *sources, uint32_t index)
{
    return sources->single ? sources->single : sources->maps[index];
}

// --- Resources.

// Later sources come first, so that earlier ones replace their values. The map's own entries are kept.
static void add_missing(const struct yaml_merge *merge, struct node *map, const struct merge_sources *sources)
{
    uint32_t own = map->count;
    for (uint32_t i = sources->count; i-- > 0;) {
        const struct node *source = source_at(sources, i);
        for (uint32_t k = 0; k < source->count; k++) {
            const struct map_entry *entry = &source->entries[k];
            if (node_map_find(source, entry->key) != entry)
                continue;  // the first of repeated keys wins
            struct map_entry *found = node_map_find(map, entry->key);
            if (!found)
                node_map_append(merge->arena, map, *entry);
            else if (found - map->entries >= (ptrdiff_t)own)
                *found = *entry;
        }
    }
}

bool yaml_merge_resource(const struct yaml_merge *merge, struct node *map, const struct map_entry *entries,
                         uint32_t count)
{
    const struct map_entry *merged = NULL;
    bool dropped = false;
    for (uint32_t i = 0; i < count; i++) {
        struct map_entry entry = entries[i];
        if (entry.key_tag == TAG_MERGE && merged) {
            diagnose(merge->diagnostics, key_position(map, &entry), "duplicate merge key '<<' (first used on line %u)",
                     line_of_key(merge, map, merged));
            diagnose_hint(merge->diagnostics, "merge several maps with `<<: [*name, *other]`");
            return false;
        }
        if (entry.key_tag == TAG_MERGE)
            merged = &entries[i];
        // The first `<<` key is dropped, whether quoted or not.
        bool drop = name_is_merge_key(entry.key) && (entry.key_tag == TAG_MERGE || (!dropped && !merge->keep_quoted));
        dropped |= drop;
        if (drop)
            continue;
        if (entry.key_tag == TAG_MERGE) {
            // `!!merge name: …` is merged and also kept.
            entry.key_tag = TAG_STRING;
            entry.value = node_copy(merge->arena, entry.value);
        }
        node_map_append(merge->arena, map, entry);
    }
    struct merge_sources sources;
    if (!merged)
        return true;
    if (!find_sources(merge, map, merged, &sources))
        return false;
    add_missing(merge, map, &sources);
    return true;
}

// --- Merge keys from the build.

static bool is_made(const struct map_entry *entry)
{
    return name_is_merge_key(entry->key) && entry->key_tag == TAG_IMPLICIT;
}

// The map with its `<<` merged: a copy, or the map itself if it has none. On NULL, a diagnostic was added.
static struct node *merged_copy(const struct yaml_merge *merge, struct node *map)
{
    bool has_made = false;
    for (uint32_t i = 0; i < map->count; i++)
        has_made |= is_made(&map->entries[i]);
    if (!has_made)
        return map;
    struct node *copy = arena_new(merge->arena, struct node);
    *copy = *map;
    return yaml_merge_made(merge->arena, merge->diagnostics, copy) ? copy : NULL;
}

// The value of `<<` with the merge keys in its maps merged. On NULL, a diagnostic was added.
static struct node *merged_value(const struct yaml_merge *merge, struct node *value)
{
    if (value->kind == NODE_MAP)
        return merged_copy(merge, value);
    struct node *copy = arena_new(merge->arena, struct node);
    *copy = *value;
    if (value->kind != NODE_SEQUENCE)
        return copy;
    copy->items = arena_array(merge->arena, struct node *, value->count);
    for (uint32_t i = 0; i < value->count; i++) {
        copy->items[i] = value->items[i]->kind == NODE_MAP ? merged_copy(merge, value->items[i]) : value->items[i];
        if (!copy->items[i])
            return NULL;
    }
    return copy;
}

bool yaml_merge_made(struct arena *arena, struct diagnostics *diagnostics, struct node *map)
{
    const struct yaml_merge merge = {.arena = arena, .diagnostics = diagnostics, .keep_quoted = true, .made = true};
    struct map_entry *entries = arena_array(arena, struct map_entry, map->count);
    for (uint32_t i = 0; i < map->count; i++) {
        entries[i] = map->entries[i];
        if (!is_made(&entries[i]))
            continue;
        entries[i].key_tag = TAG_MERGE;
        entries[i].value = merged_value(&merge, entries[i].value);
        if (!entries[i].value)
            return false;
    }
    uint32_t count = map->count;
    map->entries = NULL;
    map->count = map->capacity = 0;
    return yaml_merge_resource(&merge, map, entries, count);
}

// --- YAML 1.1.

// Adds a hint for `repeated`, whose key is already in the map as the entry `first`.
static void hint_repeated(const struct yaml_merge *merge, const struct node *map, const struct map_entry *first,
                          const struct map_entry *repeated)
{
    struct diagnostics *diagnostics = merge->diagnostics;
    // Items of one list usually start with the same key.
    struct slice item = first == map->entries ? joined_map_item_hint(diagnostics->sources, diagnostics->arena, map)
                                              : (struct slice){0};
    if (item.length)
        diagnose_hint(diagnostics, "%.*s", SLICE_ARGS(item));
    else if (node_is_sequence(first->value) && node_is_sequence(repeated->value))
        diagnose_hint(diagnostics, "merge the two lists: move these items to the list on line %u, and remove this key",
                      line_of_key(merge, map, first));
}

// While the map is being filled, a key_tag of TAG_MERGE marks entries that came from a merged map.
static bool set_entry(const struct yaml_merge *merge, struct node *map, struct map_entry entry, bool from_merge)
{
    struct map_entry *found = node_map_find(map, entry.key);
    if (found && merge->refuse_repeated) {
        diagnose(merge->diagnostics, key_position(map, &entry), "duplicate key '%.*s' (first set on line %u)",
                 SLICE_ARGS(entry.key->text), line_of_key(merge, map, found));
        hint_repeated(merge, map, found, &entry);
        return false;
    }
    if (found && !from_merge && found->key_tag != TAG_MERGE) {
        diagnose_warning(merge->diagnostics, key_position(map, &entry),
                         "duplicate key '%.*s' (first set on line %u); the last value wins",
                         SLICE_ARGS(entry.key->text), line_of_key(merge, map, found));
        diagnose_about(merge->diagnostics, "key-duplicate");
        hint_repeated(merge, map, found, &entry);
    }
    if (from_merge)
        entry.key_tag = TAG_MERGE;
    if (found)
        *found = entry;
    else
        node_map_append(merge->arena, map, entry);
    return true;
}

static bool set_merged(const struct yaml_merge *merge, struct node *map, const struct merge_sources *sources)
{
    for (uint32_t i = sources->count; i-- > 0;) {
        const struct node *source = source_at(sources, i);
        for (uint32_t k = 0; k < source->count; k++)
            if (!set_entry(merge, map, source->entries[k], true))
                return false;
    }
    return true;
}

bool yaml_merge_in_order(const struct yaml_merge *merge, struct node *map, const struct map_entry *entries,
                         uint32_t count)
{
    bool has_merged = false;
    for (uint32_t i = 0; i < count; i++) {
        struct merge_sources sources;
        if (entries[i].key_tag != TAG_MERGE) {
            if (!set_entry(merge, map, entries[i], false))
                return false;
            continue;
        }
        has_merged = true;
        if (!find_sources(merge, map, &entries[i], &sources) || !set_merged(merge, map, &sources))
            return false;
    }
    for (uint32_t i = 0; has_merged && i < map->count; i++)
        if (map->entries[i].key_tag == TAG_MERGE)
            map->entries[i].key_tag = TAG_STRING;
    return true;
}
