// repository/rings.h
//
// Finds the members of a directed graph that nothing else names: roots and rings. In a ring (a names b, b names a),
// each member is named. If nothing outside the ring names one, all of them count as roots, or else none would be built.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

struct naming {
    uint32_t from, to;
};

struct namings {
    struct naming *items;
    size_t count, capacity;
};

// For each number below `count`, in the arena: true if it also names, directly or through others, everything that names
// it.
bool *rings_find_tops(struct arena *, const struct namings *, size_t count);
