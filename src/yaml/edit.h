// yaml/edit.h
//
// Makes a YAML file mean the same as a tree without touching a byte that needn't change: comments, order, quotes, blank
// lines, indentation, and unknown fields stay as they are.
//
//     # base                            resources:
//     resources:          + item c →    - a   # first
//     - a   # first                     - b
//     - b                               - c
#pragma once

#include "base/buffer.h"
#include "doc/node.h"
#include "yaml/read.h"

// `wanted` is a map: what the first document of the source should read as. The easiest way to make it is to change a
// node_copy of the result of yaml_read_first: nodes know their positions, so a node that has moved takes its text and
// comments along. The new text is appended to `out`. If it can't be edited in place (it is in UTF-16, or uses YAML that
// the editor can't follow), all of it is rewritten, with a warning. False: diagnosed (the text does not parse).
bool yaml_edit(struct read_context *, const struct source *, const struct node *wanted, struct buffer *out);

// True if the first documents of two texts have the same aliases, and the same anchors for them, wherever they are.
bool yaml_keeps_aliases(struct arena *, struct slice before, struct slice after);

// True when both mean the same data; the order of map keys does not matter. Scalars follow YAML 1.1.
bool node_equal(const struct node *, const struct node *);

// A copy for the writer of resources, in which each scalar is written so that it means the same there as in YAML 1.1.
struct node *node_for_writer(struct arena *, const struct node *);
