// doc/joined_maps.h
//
// Two resources, or two items of a list, that are read as one map with repeated keys, because what should separate them
// is missing: '---', '- ', or braces of their own.
#pragma once

#include "base/source.h"
#include "doc/node.h"

struct joined_map {
    const struct map_entry *start;  // where the second one starts; NULL: none was found
    bool is_item;                   // of a list; otherwise, a resource
    bool is_certain;                // otherwise, a single key may be repeated by mistake
    struct slice remedy;            // such as "write '---' on a line of its own above it"
};

// `map` must still contain its repeated entries. Finds nothing unless it is a document or an item of a list.
struct joined_map joined_map_find(struct sources *, struct arena *, const struct node *map);

// The hint for an error at the entry `place`.
struct slice joined_map_hint(struct sources *, struct arena *, const struct node *map, const struct joined_map *,
                             const struct map_entry *place);

// The hint for an entry that repeats the first key of the map. The entry must not be in the map yet. Empty: the map is
// in braces, or isn't an item that starts with a '-'.
struct slice joined_map_item_hint(struct sources *, struct arena *, const struct node *map);
