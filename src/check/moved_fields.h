// check/moved_fields.h
//
// Fields of Kubernetes objects that had another name or place in an earlier API version, and those that people write in
// the wrong place. One table says how each is written.
#pragma once

#include "check/validation.h"

// How the unknown field of a map is written today.
struct moved_field {
    struct slice hint;
    struct slice becomes;  // the field of the map that it becomes, or that contains it; empty: none
    // Other fields of the map that the hint covers, so they need no finding of their own. Ends with NULL.
    const struct map_entry *covers[3];
};

// `parent` is the key of the map, or of the list that contains it. False: the table doesn't have the field.
bool moved_field_find(struct validation *, struct slice parent, const struct node *map, const struct map_entry *,
                      struct moved_field *);
