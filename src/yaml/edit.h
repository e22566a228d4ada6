// yaml/edit.h
//
// Makes a YAML text say what a tree says, and touches no byte that need not change: comments, order,
// quotes, blank lines, indentation and unknown fields stay as they were.
//
//     # base                            resources:
//     resources:          + item c →    - a   # first
//     - a   # first                     - b
//     - b                               - c
#pragma once

#include "base/buffer.h"
#include "doc/node.h"
#include "yaml/read.h"

// `wanted` is a map: what the first document of the source should read as. Most easily made by changing a
// node_copy of what yaml_read_first gave: a node that has moved takes its text and comments along, since it knows
// its position. The new text is appended to `out`; where the text has no such form (it is UTF-16, or does what this
// cannot follow) all of it is written anew, with a warning.
// False: diagnosed (the text does not parse).
bool yaml_edit(struct read_context *, const struct source *, const struct node *wanted, struct buffer *out);

// True when both read as the same data; the order of map keys does not matter. Scalars follow YAML 1.1.
bool node_equal(const struct node *, const struct node *);

// A copy for the writer of resources: each scalar is said in a form that means the same there as in YAML 1.1.
struct node *node_for_writer(struct arena *, const struct node *);
