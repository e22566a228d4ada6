// doc/passage.h
//
// kustomize prints every resource with one YAML library and reads it again before it goes on to JSON. This module
// knows what that passage makes of a scalar: the type it has afterwards, and the text, which is not always the same.
// Internal to doc.
#pragma once

#include "base/diagnostics.h"
#include "doc/key_order.h"
#include "doc/scalar.h"

struct passed_scalar {
    struct scalar_value value;
    struct slice text;  // of a string or a timestamp, which is a string from here on
    uint32_t traits;    // of the text of a string, see doc/characters.h
};

// `in_flow`: the node stands in a flow map or sequence, however deep. A text that differs from the node's is written
// into `scratch` and valid until the next call. False: diagnosed at the node.
bool scalar_pass(const struct node *, bool in_flow, struct buffer *scratch, struct diagnostics *,
                 struct passed_scalar *);

// Keys must be strings, and different ones. `first` is where the entries of the map stand in `order`. False: diagnosed.
bool keys_pass(const struct node *map, const struct key_order *order, size_t first, struct diagnostics *);

// Where a key stands: in the file of its map.
struct position key_position(const struct node *map, const struct map_entry *);
