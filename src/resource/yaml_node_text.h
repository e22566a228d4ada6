// resource/yaml_node_text.h
//
// A document as kustomize's YAML library represents it, in JSON, with kinds, styles, tags, comments, lines, and
// columns:
//
//     {"Kind":8,"Style":0,"Tag":"!!str","Value":"web", … ,"Line":4,"Column":9}
#pragma once

#include "base/buffer.h"
#include "doc/tree.h"

// The tree must not have anchors.
void yaml_node_text(const struct tree *, struct buffer *);
