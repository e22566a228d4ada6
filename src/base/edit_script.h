// base/edit_script.h
//
// The shortest edit script between two sequences: which items to keep, to remove, and to insert.
#pragma once

#include "base/arena.h"

enum edit_step { EDIT_KEEP, EDIT_TAKE_OUT, EDIT_PUT_IN };

// A keep is an item that both sequences have. The other steps are items of the first or of the second sequence. All are
// in order.
struct edit_script {
    enum edit_step *items;
    size_t count, capacity;
};

struct edit_sequences {
    size_t before, after;  // number of items
    bool (*equal)(const void *state, size_t before, size_t after);
    const void *state;
};

// If there are more than 2,000 differences, everything between the equal start and the equal end is replaced.
struct edit_script edit_script_make(struct arena *, const struct edit_sequences *);
