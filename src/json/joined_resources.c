#include "json/joined_resources.h"

static const struct map_entry *repeated_entry(const struct node *map, const char *key)
{
    bool is_repeated = false;
    for (uint32_t i = 0; i < map->count; i++) {
        if (!slice_equals(map->entries[i].key->text, key))
            continue;
        if (is_repeated)
            return &map->entries[i];
        is_repeated = true;
    }
    return NULL;
}

static const struct map_entry *earlier(const struct map_entry *a, const struct map_entry *b)
{
    return !b || (a && a < b) ? a : b;
}

static bool kinds_differ(const struct node *map, const struct map_entry *second)
{
    const struct node *first = node_map_find_text(map, slice_literal("kind"))->value;
    return node_is_scalar(first) && node_is_scalar(second->value) &&
           !slice_equal(node_text(first), node_text(second->value));
}

const struct map_entry *joined_resource_start(const struct node *map)
{
    if (!node_is_map(map) || map->style == STYLE_FLOW)
        return NULL;
    const struct map_entry *version = repeated_entry(map, "apiVersion"), *kind = repeated_entry(map, "kind"),
                           *metadata = repeated_entry(map, "metadata");
    // If only 'metadata' is repeated, it's more likely one resource whose metadata was split by mistake.
    bool is_joined = (version || kind) && (metadata || (kind && kinds_differ(map, kind)));
    const struct map_entry *start = earlier(earlier(version, kind), metadata);
    // A '---' can't separate the items of a list.
    return is_joined && start->key_column == 1 ? start : NULL;
}

const char *joined_resource_separator(const struct node *map)
{
    return repeated_entry(map, "apiVersion") ? "'---' on a line of its own"
                                             : "'---' and its `apiVersion` on lines of their own";
}
