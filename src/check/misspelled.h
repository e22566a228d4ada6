// check/misspelled.h
//
// The unknown fields of a map, and the fields of its type that they are probably meant to be. A field is suggested only
// for one key, and only if it can hold the value and the map doesn't have it from the same file. A field that a key is
// meant to be is not missing.
#pragma once

#include "check/validation.h"

// The kinds of nodes that a field can hold.
enum { HOLDS_SCALAR = 1, HOLDS_MAP = 2, HOLDS_LIST = 4, HOLDS_ANY = 7 };

struct field_choice {
    struct slice name;
    unsigned holds;
};

enum { MISSPELLED_MAX = 32 };

struct misspelled {
    const struct node *map;
    struct {
        const struct map_entry *entry;
        struct slice meant;  // empty: unknown
        size_t distance;
    } items[MISSPELLED_MAX];
    size_t count;
};

// Appends an unknown field of the map. Those after the first MISSPELLED_MAX get no suggestion.
void misspelled_add(struct misspelled *, const struct map_entry *);
// Finds what the fields of the map at the step are meant to be.
void misspelled_find(struct misspelled *, struct validation *, const struct step *, const struct field_choice *,
                     size_t count);
// Says what a field is meant to be.
void misspelled_set(struct misspelled *, const struct map_entry *, struct slice meant);
// Empty: unknown.
struct slice misspelled_meaning(const struct misspelled *, const struct map_entry *);
// True if a key of the map is meant to be the field. NULL: false.
bool misspelled_has(const struct misspelled *, struct slice field);

// The kinds of nodes that a field of this form can hold.
unsigned api_form_holds(enum api_form);
// True if a field that holds such nodes can hold the value.
bool field_can_hold(unsigned holds, const struct node *value);
