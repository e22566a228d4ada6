// doc/merge_key.h
//
// Maps with the merge key `<<`, and maps in which a key must stand once.
//
//     base: &base {image: nginx, pull: Always}
//     web:
//       <<: *base
//       image: httpd
#pragma once

#include "base/diagnostics.h"
#include "doc/node.h"

struct yaml_merge {
    struct arena *arena;
    struct diagnostics *diagnostics;
    bool refuse_repeated;
    bool keep_quoted;  // the map is merged into another one, where a quoted '<<' survives
    bool made;         // the build made the `<<`, not the author of a file
};

// Fill an empty map with entries of which those with the key_tag TAG_MERGE are merged in; aliases are
// copies already. False: diagnosed.

// For resources: keys of the map win wherever `<<` stands, the earlier of several maps wins, one `<<` is
// allowed, and repeated keys stay. A quoted '<<' is dropped, unless it is kept.
bool yaml_merge_resource(const struct yaml_merge *, struct node *map, const struct map_entry *entries, uint32_t count);

// For a map with a `<<` that the build made, its key_tag TAG_IMPLICIT: merges what it holds, as the next reader of the
// printed map does. What is merged may hold such keys too. The entries are new; the values are shared.
bool yaml_merge_made(struct arena *, struct diagnostics *, struct node *map);

// For YAML 1.1: from top to bottom, what comes later replaces. A repeated key gives a warning, or is an error.
bool yaml_merge_in_order(const struct yaml_merge *, struct node *map, const struct map_entry *entries, uint32_t count);
