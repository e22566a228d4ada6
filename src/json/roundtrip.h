// json/roundtrip.h
//
// kustomize prints every resource with one YAML library and reads it again before it goes on to JSON. This module
// knows what that round trip makes of a scalar: the type it has afterwards, and the text, which is not always the same.
//
#pragma once

#include "base/diagnostics.h"
#include "doc/key_order.h"
#include "doc/scalar.h"

struct roundtrip_scalar {
    struct scalar_value value;
    struct slice text;  // of a string or a timestamp, which is a string from here on
    uint32_t traits;    // of the text of a string, see doc/text_traits.h
};

// `in_flow`: the node stands in a flow map or sequence, however deep. A text that differs from the node's is written
// into `scratch` and valid until the next call. False: diagnosed at the node.
bool scalar_roundtrip(const struct node *, bool in_flow, struct buffer *scratch, struct diagnostics *,
                      struct roundtrip_scalar *);

// What the keys of a map become: strings, and different ones.
struct key_rules {
    struct arena *arena;
    struct name_table *names;  // NULL: the map is only printed, so new texts need not be interned
    struct diagnostics *diagnostics;
    bool top_level;  // of an object: there every scalar is taken as it is written
    bool in_flow;
};

// True when the keys from `first` on, the map's in `order`, are strings without further ado.
bool keys_are_strings(const struct key_order *order, size_t first);
// Merges a `<<` that the build made, and makes strings of the keys that become some: of every scalar at the top level,
// of integers and timestamps from v5.8.3 on. Of two of these that are equal but spelled otherwise the later one counts.
// False: diagnosed.
bool keys_to_strings(const struct key_rules *, struct node *map);
// The same for a copy of the map, its values shared. NULL: diagnosed.
const struct node *keys_copied_as_strings(const struct key_rules *, const struct node *map);
// False: diagnosed, a key is repeated.
bool keys_differ(const struct node *map, const struct key_order *order, size_t first, struct diagnostics *);

// Says that a key is repeated. Returns false.
bool key_refuse_repeated(const struct node *map, const struct map_entry *before, const struct map_entry *repeated,
                         struct diagnostics *);
// Where a key stands: in the file of its map.
struct position key_position(const struct node *map, const struct map_entry *);
