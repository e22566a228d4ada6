// json/joined_resources.h
//
// Two resources without a '---' between them, which are one map with repeated keys.
#pragma once

#include "doc/node.h"

// The entry where the second resource starts; NULL: the map is a single resource, or no '---' can separate the two.
const struct map_entry *joined_resource_start(const struct node *map);
// What to write above that entry.
const char *joined_resource_separator(const struct node *map);
