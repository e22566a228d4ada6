// compare/renames.h
//
// Pairs the objects of two sides, and records their former names.
#pragma once

#include "compare/comparison.h"

// Two states of an object, or an object without a partner.
struct object_pair {
    const struct resource *before, *after;
    enum rename_reason reason;
};

struct object_pairs {
    struct object_pair *items;
    size_t count, capacity;
};

// By ID, then by name without the hash, origin, namespace, and similarity.
struct object_pairs pair_objects(struct arena *, const struct side *before, const struct side *after, bool no_rename);

// The pairs whose names differ, found by the former name.
struct renames {
    struct arena *arena;
    const struct object_pairs *pairs;
    struct hash_index by_name;  // former name → number of the pair
    size_t count;
};
void renames_init(struct renames *, struct arena *, const struct object_pairs *);

// The pair whose rename explains a change of the field `path` (keys joined with `/`, without list indexes) in an object
// of this kind: the field refers to objects of the pair's kind and changes from its former name to its new one.
// SIZE_MAX: none.
size_t renames_follow(const struct renames *, const struct gvk *referrer, struct slice path, struct slice before,
                      struct slice after);
