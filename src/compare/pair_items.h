// compare/pair_items.h
//
// Pairs the items of two lists: by the keys of the schema, by a field that identifies them in both lists, or by their
// longest common sequence.
#pragma once

#include "compare/comparison.h"
#include "compare/renames.h"

struct pairing {
    uint32_t *after_of;                          // for each old item: 1 + its new index; 0: removed
    uint32_t *before_of;                         // for each new item
    struct slice *before_labels, *after_labels;  // the identity of each item; NULL: its index
    bool reordered;                              // common items have a different order
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
