// cfg/print.h
//
// Objects as text again, without the annotations that reading has set.
#pragma once

#include "cfg/object.h"

struct print_request {
    bool keep_origin;  // index and path stay
    bool clear_path;   // else an object that says its path keeps it
    // Of the topmost map, when `styled`.
    bool styled, flow, tagged;
    struct slice wrap_kind, wrap_version;  // kind empty: no list around the objects
    const struct tree *function_config, *results;  // in the list; NULL: none
};

// The objects stay as they are. One that says it is from a `.json` file, and is alone, becomes JSON. False: diagnosed.
bool print_objects(struct cfg *, const struct print_request *, const struct tree_documents *, struct buffer *);
