// resource/yaml_node_text.h
//
// The structure that kustomize's YAML library has of a document, as JSON: kinds, styles, tags, comments, lines and
// columns:
//
//     {"Kind":8,"Style":0,"Tag":"!!str","Value":"web", … ,"Line":4,"Column":9}
#pragma once

#include "base/buffer.h"
#include "doc/tree.h"

// Of a tree without anchors.
void yaml_node_text(const struct tree *, struct buffer *);
