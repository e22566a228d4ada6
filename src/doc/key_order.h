// doc/key_order.h
//
// The entries of maps in the order in which they are printed. The orders of nested maps share one stack, so that
// printing a document allocates nothing once the stack has grown.
#pragma once

#include "doc/node.h"

enum key_fact {
    KEY_KNOWN = 1,   // the other facts are set
    KEY_PLAIN = 2,   // printed unchanged: short ASCII that needs no quotes
    KEY_STRING = 4,  // a string when written without quotes
    KEY_DIGIT = 8,   // has a digit, for which the natural order may not be transitive
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

// kustomize's order of keys: by character, with digits as numbers. Returns a result like memcmp.
int key_compare_natural(struct slice, struct slice);

// Pushes the sorted entries of a map and returns the index of the first in `items`. The caller pops them with
// `order->count = first`. Equal keys are next to each other.
size_t key_order_push_natural(struct key_order *, const struct node *map);
size_t key_order_push_bytewise(struct key_order *, const struct node *map);

// Finds the first two entries with the same key; `repeated` has them in source order. False if there are none.
bool key_order_find_repeated(const struct key_order *, size_t first, const struct map_entry *repeated[2]);
