// base/text_set.h
//
// A set of strings in the order in which they were added.
#pragma once

#include "base/hash_index.h"
#include "base/slice.h"

// A zeroed struct is an empty set.
struct text_set {
    struct slice *items;
    size_t count, capacity;
    struct hash_index index;
};

bool text_set_has(const struct text_set *, struct slice);
// False if it was already in the set. The string isn't copied.
bool text_set_add(struct arena *, struct text_set *, struct slice);
