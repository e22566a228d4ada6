// resource/yaml_node_text.h
//
// The structure that kustomize's YAML library has of a document, as JSON: kinds, styles, tags, comments, lines and
// columns. kustomize hashes it where an object that is neither ConfigMap nor Secret asks for a hash in its name:
//
//     {"Kind":8,"Style":0,"Tag":"!!str","Value":"web", … ,"Line":4,"Column":9}
#pragma once

#include "base/buffer.h"
#include "doc/tree.h"
#include "yaml/chunk.h"

// What kustomize has noted in an object's annotations when the hash is taken, and kiln keeps beside it.
struct yaml_note {
    const char *key;
    struct slice text;
    enum node_style style;
};

struct yaml_notes {
    struct yaml_note *items;
    size_t count, capacity;
};

// The document found last, so that the documents of one file, asked for in their order, are found in one pass.
// Zeroed at the start.
struct yaml_document_search {
    struct yaml_splitter splitter;
    struct yaml_chunk next;  // was cut, and is behind `found`
    struct source found;     // a document as a file of its own
};

// The document of the source to which `root` was read, with what labels, annotations, names, namespaces, images and
// replacements have changed in it since: nodes that kustomize made have no line, no column and no comment. The notes
// are added to `annotations`, a map in `root`. False: something else has changed, it is no document of its own, or
// there are anchors in it; what was added to the buffer is of no use then.
bool yaml_node_text(struct arena *, struct yaml_document_search *, const struct source *, const struct node *root,
                    const struct node *annotations, const struct yaml_notes *, struct buffer *);

// The same for an object that a generator made: `root` has apiVersion and kind first.
bool yaml_node_text_generated(struct arena *, struct name_table *, const struct node *root,
                              const struct node *annotations, const struct yaml_notes *, struct buffer *);
