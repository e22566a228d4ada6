// base/text_set.h
//
// Texts, each once, in the order in which they came.
#pragma once

#include "base/hash_index.h"
#include "base/slice.h"

// A zeroed struct is empty.
struct text_set {
    struct slice *items;
    size_t count, capacity;
    struct hash_index index;
};

bool text_set_has(const struct text_set *, struct slice);
// False: it was in the set. The text is not copied.
bool text_set_add(struct arena *, struct text_set *, struct slice);
