// check/path_walk.h
//
// Where a replacement's field path leads in a resource, during or after the build, and which of its `[name=value]`
// expressions match something other than the item with that name.
#pragma once

#include "check/judge.h"
#include "doc/field_path.h"

struct path_walk {
    struct judge *judge;
    const struct field_path *path;
    bool creates;  // missing items on the path are created
    // Called for each node on the path; `is_end`: the path ends there. NULL: only the items are of interest.
    void (*visit)(void *state, const struct node *, bool is_end);
    void *state;
    // Of the last list whose item has exactly this value, while others match, too.
    const struct field_path_element *open;
    struct slice other;
    // Of the last list without such an item: one that matches only in part or, if an item would be created, has a
    // similar name.
    const struct field_path_element *inexact;
    struct slice near;
    bool is_part;
};

void path_walk_run(struct path_walk *, const struct node *root);
