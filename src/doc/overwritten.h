// doc/overwritten.h
//
// Scalars that replacements wrote over maps or sequences, probably because their paths are too short. Errors about such
// a scalar name its path, while its position remains that of the value. Usually, there are none.
#pragma once

#include "base/arena.h"
#include "doc/node.h"

struct overwritten {
    struct overwritten_node *items;
    size_t count, capacity;
};

void overwritten_add(struct arena *, struct overwritten *, const struct node *, struct position path);
// The path that led to the scalar. Line 0: it is none of them, or another step has written it since.
struct position overwritten_path(const struct overwritten *, const struct node *);
