// compare/pair_items.h
//
// Which items of two lists are the same: by the keys of the schema, by a field that tells them apart in both, or by
// what stays of one list in the other.
#pragma once

#include "compare/comparison.h"
#include "compare/renames.h"

struct pairing {
    uint32_t *after_of;                          // for each item before: 1 + its place after; 0: it is gone
    uint32_t *before_of;                         // for each item after
    struct slice *before_labels, *after_labels;  // what tells items apart; NULL: their places do
    bool reordered;                              // common items stand in another order
};

struct pair_items_request {
    struct arena *arena;
    const struct side *before_side, *after_side;
    const struct node *before, *after;  // lists
    struct schema_type type;            // of the lists
    const struct renames *renames;
    bool no_keys;
};

struct pairing pair_items(const struct pair_items_request *);
