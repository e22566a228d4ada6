// check/selections.h
//
// Selectors that match nothing in their own root, and the labels in the other roots.
#pragma once

#include "check/label_match.h"

struct label_pair {
    struct slice key, value;
};

// The labels of a Pod or a Service, or those that a selector asks for.
struct selection {
    bool services;
    struct slice namespace;  // empty: any
    struct label_pair *pairs;
    size_t count;
};

struct selections {
    struct arena *arena;
    struct {
        const struct selection **items;
        size_t count, capacity;
    } known;
    struct hash_index by_pair;
};

// Adds the labels of this root, for the other roots.
void judge_offer_labels(struct judge *, bool services, const struct resource *, const struct node *labels);
// Adds the values that a selector requires.
void sighting_selects(struct judge *, struct sighting *, bool services, const struct requirements *,
                      struct slice namespace);

void selections_add(struct selections *, const struct selection *);
// True if an object matches; NULL never does.
bool selection_has_match(const struct selections *, const struct selection *);
