// cfg/print.h
//
// Prints objects without the annotations that reading has set.
#pragma once

#include "cfg/object.h"

struct print_request {
    bool keep_origin;  // keep the annotations for index and path
    bool clear_path;   // remove the annotation for the path
    // If `styled`: the style of the top-level map.
    bool styled, flow, tagged;
    struct slice wrap_kind, wrap_version;          // of the list around the objects; empty: no list
    const struct tree *function_config, *results;  // in the list; may be NULL
};

// Does not change the objects. A single object whose path ends in `.json` is printed as JSON. False: diagnosed.
bool print_objects(struct cfg *, const struct print_request *, const struct tree_documents *, struct buffer *);
