// json/roundtrip.h
//
// kustomize prints every resource with a YAML library and reads it again before converting it to JSON. This module
// knows how that round trip changes a scalar: its type, and sometimes its text.
#pragma once

#include "base/diagnostics.h"
#include "doc/key_order.h"
#include "doc/scalar.h"

struct roundtrip_scalar {
    struct scalar_value value;
    struct slice text;  // of a string or a timestamp, which is a string from now on
    uint32_t traits;    // of a string's text; see doc/text_traits.h
};

// `in_flow`: the node is in a flow map or sequence, at any depth. If the text changes, it is written to `scratch`,
// where it is valid until the next call. On false, a diagnostic was added at the node.
bool scalar_roundtrip(const struct node *, bool in_flow, struct buffer *scratch, struct diagnostics *,
                      struct roundtrip_scalar *);

// How the keys of a map become strings that are all different.
struct key_rules {
    struct arena *arena;
    struct name_table *names;  // NULL: the map is only printed, so new strings need not be interned
    struct diagnostics *diagnostics;
    bool top_level;  // the map is a resource itself, where every scalar is taken as it is written
    bool in_flow;
};

// True if the map's keys, which are in `order` from `first` on, are already strings.
bool keys_are_strings(const struct key_order *order, size_t first);
// Merges a `<<` from the build, and turns keys into strings: all scalars at the top level, and integers and timestamps
// from v5.8.3 on. If two of these are equal but spelled differently, the later one wins. On false, a diagnostic was
// added.
bool keys_to_strings(const struct key_rules *, struct node *map);
// The same for a copy of the map, which shares its values. On NULL, a diagnostic was added.
const struct node *keys_copied_as_strings(const struct key_rules *, const struct node *map);
// On false, a key is repeated and a diagnostic was added.
bool keys_differ(const struct node *map, const struct key_order *order, size_t first, struct diagnostics *);

// Returns "fields" if both values of a repeated key are maps that can be merged, or "items" if both are such lists;
// otherwise, NULL.
const char *key_parts_to_merge(const struct map_entry *before, const struct map_entry *repeated);
// The format of the hint to merge them. Its arguments are the result of key_parts_to_merge() and the key as SLICE_ARGS.
#define KEY_MERGE_HINT "merge its %s into the first '%.*s', and remove this one"
// Adds an error about a repeated key. Returns false.
bool key_refuse_repeated(const struct node *map, const struct map_entry *before, const struct map_entry *repeated,
                         struct diagnostics *);
