// doc/key_order.h
//
// The entries of maps in the order in which they are printed. Orders of nested maps lie on one stack, so that printing
// a document allocates nothing once the stack has grown.
#pragma once

#include "doc/node.h"

enum key_fact {
    KEY_KNOWN = 1,   // the other facts are set
    KEY_PLAIN = 2,   // printed as it is: short ASCII that needs no quotes
    KEY_STRING = 4,  // written plain it is a string
    KEY_DIGIT = 8,   // has a digit, so that the natural order may not be transitive
};

struct ordered_entry {
    const struct map_entry *entry;
    uint32_t facts;
};

struct key_order {
    struct ordered_entry *items;
    size_t count, capacity;
};

void key_order_free(struct key_order *);

// kustomize's order of keys: by character, digits as numbers. Like memcmp.
int key_compare_natural(struct slice, struct slice);

// Puts the entries of a map on the stack, sorted; the result is the index of the first in `items`. The caller takes
// them down again with `order->count = first`. A repeated key stands beside its equal.
size_t key_order_push_natural(struct key_order *, const struct node *map);
size_t key_order_push_bytewise(struct key_order *, const struct node *map);

// The first two entries with the same key, by their place in the source. False: none.
bool key_order_find_repeated(const struct key_order *, size_t first, const struct map_entry *repeated[2]);
