// doc/overwritten.h
//
// Scalars that replacements wrote over maps or sequences, probably because their paths are too short. Errors about such
// a scalar point to the replacement's path, although the scalar keeps the position of its value. Most builds have no
// such scalars.
#pragma once

#include "base/hash_index.h"
#include "doc/node.h"

struct overwritten {
    struct overwritten_node *items;
    size_t count, capacity;
    struct hash_index by_node;
};

void overwritten_add(struct arena *, struct overwritten *, const struct node *, struct position path);
// The position of the path that led to the scalar. Line 0: no replacement wrote it over a map or a sequence, or another
// step has written it since.
struct position overwritten_path(const struct overwritten *, const struct node *);
