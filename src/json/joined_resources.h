// json/joined_resources.h
//
// Two resources that are read as one map with repeated keys, because the '---' or '-' between them is missing.
#pragma once

#include "base/diagnostics.h"
#include "doc/node.h"

struct joined_resource {
    const struct map_entry *start;  // where the second resource starts; NULL: the map is a single resource
    struct slice remedy;            // what to do, such as "write '---' on a line of its own above it"
};

// `map`: with the entries that were read. Nothing is found if it is neither a document nor an item of a list.
struct joined_resource joined_resource_find(const struct sources *, struct arena *, const struct node *map);
