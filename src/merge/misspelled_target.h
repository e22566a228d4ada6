// merge/misspelled_target.h
//
// Finds targets of patches and replacements that match no resource because they are misspelled.
#pragma once

#include "resource/selector.h"
#include "transform/context.h"

struct selector_pair {
    struct slice key, value;
};

// One of the pairs of a label or annotation selector, such as `tier=fronted`, and what it was probably meant to be.
struct misspelled_pair {
    struct selector_pair written, meant;
};

// `field`: `labels` or `annotations`. False: for each pair, one of the resources has it, or none has a similar one.
bool misspelled_pair_find(struct slice selector, const struct resource_list *, const struct name *field,
                          struct misspelled_pair *);

// For a target that matches no resource: warns if it is similar to a resource.
void warn_of_misspelled_target(struct transform_context *, const struct selector *target, struct resource_map *);
