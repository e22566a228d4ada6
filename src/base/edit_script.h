// base/edit_script.h
//
// The shortest way from one sequence to another: which items stay, which are taken out, which are put in.
#pragma once

#include "base/arena.h"

enum edit_step { EDIT_KEEP, EDIT_TAKE_OUT, EDIT_PUT_IN };

// A keep stands for an item of both sequences, in order; the other steps for one of the first or of the second.
struct edit_script {
    enum edit_step *items;
    size_t count, capacity;
};

struct edit_sequences {
    size_t before, after;  // how many items each has
    bool (*equal)(const void *state, size_t before, size_t after);
    const void *state;
};

// Sequences with more than 2,000 differences are replaced between the ends that are equal.
struct edit_script edit_script_make(struct arena *, const struct edit_sequences *);
