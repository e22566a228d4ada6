// repository/rings.h
//
// Which members of a directed graph nobody names: roots, and rings. In a ring (a names b, b names a) each one is named,
// and still nobody builds them unless somebody outside names one.
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

// One for each number below `count`, in the arena: true if whoever names it, directly or through others, is also named
// by it.
bool *rings_find_tops(struct arena *, const struct namings *, size_t count);
