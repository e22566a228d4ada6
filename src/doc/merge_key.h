// doc/merge_key.h
//
// Maps with the merge key `<<`.
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
    bool keep_quoted;  // the map will be merged into another one, where a quoted '<<' is kept
    bool made;         // the `<<` comes from the build instead of a file
};

// These fill an empty map with `entries`. Entries whose key_tag is TAG_MERGE are merged in; aliases must already be
// copies. On false, a diagnostic was added.

// For resources: keys of the map itself win wherever the `<<` is, and the first of several merged maps wins. Only one
// `<<` is allowed, and repeated keys are kept. A quoted '<<' is dropped unless keep_quoted is set.
bool yaml_merge_resource(const struct yaml_merge *, struct node *map, const struct map_entry *entries, uint32_t count);

// For a map with a `<<` from the build (its key_tag is TAG_IMPLICIT): merges its value, as the next reader of the
// printed map would. Merged maps may contain such keys, too. The entries are new; the values are shared.
bool yaml_merge_made(struct arena *, struct diagnostics *, struct node *map);

// For YAML 1.1: from top to bottom, each value replacing earlier ones. A repeated key is a warning or an error.
bool yaml_merge_in_order(const struct yaml_merge *, struct node *map, const struct map_entry *entries, uint32_t count);
