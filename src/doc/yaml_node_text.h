// doc/yaml_node_text.h
//
// The structure that kustomize's YAML library has of a document, as JSON: kinds, styles, tags, comments, lines and columns.
// kustomize hashes it where an object that is neither ConfigMap nor Secret asks for a hash in its name:
//
//     {"Kind":8,"Style":0,"Tag":"!!str","Value":"web", … ,"Line":4,"Column":9}
#pragma once

#include "base/buffer.h"
#include "doc/yaml_tree.h"

// The document of the source to which `root` was read, as it was written. False: `root` is not what stands there any
// more, it is no document of its own, or there are anchors in it; what was added to the buffer is of no use then.
bool yaml_node_text(struct arena *, const struct source *, const struct node *root, struct buffer *);
