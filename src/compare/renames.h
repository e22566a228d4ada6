// compare/renames.h
//
// Which objects of two sides are the same, and what they were called before.
#pragma once

#include "compare/comparison.h"

// Two objects that are the same, or one that has no partner.
struct object_pair {
    const struct resource *before, *after;
    enum rename_reason reason;
};

struct object_pairs {
    struct object_pair *items;
    size_t count, capacity;
};

// By id, then by name without its hash, by origin, by namespace and by likeness.
struct object_pairs pair_objects(struct arena *, const struct side *before, const struct side *after, bool no_rename);

// The pairs whose names differ, found by the former name.
struct renames {
    struct arena *arena;
    const struct object_pairs *pairs;
    struct hash_index by_name;  // former name → number of the pair
    size_t count;
};
void renames_init(struct renames *, struct arena *, const struct object_pairs *);

// The pair whose rename the field `path` (keys with `/` between them, without places in lists) of an object of this
// kind follows: it refers to objects of its kind, had its former name and has its new one. SIZE_MAX: there is none.
size_t renames_follow(const struct renames *, const struct gvk *referrer, struct slice path, struct slice before,
                      struct slice after);
