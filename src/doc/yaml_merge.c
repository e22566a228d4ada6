#include "doc/yaml_merge.h"

// The maps behind one `<<`.
struct merge_sources {
    struct node *single;
    struct node *const *maps;
    uint32_t count;
};

static struct position key_position(const struct node *map, const struct map_entry *entry)
{
    return (struct position){map->position.file, entry->key_line, entry->key_column};
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
        diagnose(merge->diagnostics, key_position(map, entry), "'<<' merges a map or a list of maps, found a %s",
                 value->kind == NODE_SEQUENCE ? "list with other things" : node_kind_text(value));
        diagnose_hint(merge->diagnostics, "write `<<: *name` or `<<: [*name, *other]`, where the anchors stand at maps");
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

// Later sources first, so that an earlier one replaces what they gave; the map's own entries stay.
static void add_missing(const struct yaml_merge *merge, struct node *map, const struct merge_sources *sources)
{
    uint32_t own = map->count;
    for (uint32_t i = sources->count; i-- > 0;) {
        const struct node *source = source_at(sources, i);
        for (uint32_t k = 0; k < source->count; k++) {
            const struct map_entry *entry = &source->entries[k];
            if (node_map_find(source, entry->key) != entry)
                continue;  // of a repeated key the first counts
            struct map_entry *found = node_map_find(map, entry->key);
            if (!found)
                node_map_append(merge->arena, map, *entry);
            else if (found - map->entries >= (ptrdiff_t)own)
                *found = *entry;
        }
    }
}

bool yaml_merge_resource(const struct yaml_merge *merge, struct node *map, const struct map_entry *entries, uint32_t count)
{
    const struct map_entry *merged = NULL;
    bool dropped = false;
    for (uint32_t i = 0; i < count; i++) {
        struct map_entry entry = entries[i];
        if (entry.key_tag == TAG_MERGE && merged) {
            diagnose(merge->diagnostics, key_position(map, &entry), "a map has one '<<' only, the other stands in line %u",
                     merged->key_line);
            diagnose_hint(merge->diagnostics, "merge several maps with `<<: [*name, *other]`");
            return false;
        }
        if (entry.key_tag == TAG_MERGE)
            merged = &entries[i];
        // The first key `<<` goes, quoted or not.
        bool drop = entry.key == NAME(merge_key) && (entry.key_tag == TAG_MERGE || !dropped);
        dropped |= drop;
        if (drop)
            continue;
        if (entry.key_tag == TAG_MERGE) {
            // `!!merge name: …` merges and stays.
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

// --- YAML 1.1.

// While the map is filled, an entry with the key_tag TAG_MERGE came from a merged map.
static bool set_entry(const struct yaml_merge *merge, struct node *map, struct map_entry entry, bool from_merge)
{
    struct map_entry *found = node_map_find(map, entry.key);
    if (found && merge->refuse_repeated) {
        diagnose(merge->diagnostics, key_position(map, &entry), "the key '%.*s' stands in line %u already",
                 SLICE_ARGS(entry.key->text), found->key_line);
        return false;
    }
    if (found && !from_merge && found->key_tag != TAG_MERGE)
        diagnose_warning(merge->diagnostics, key_position(map, &entry),
                         "'%.*s' stands in line %u already; the last one counts", SLICE_ARGS(entry.key->text), found->key_line);
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

bool yaml_merge_in_order(const struct yaml_merge *merge, struct node *map, const struct map_entry *entries, uint32_t count)
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
