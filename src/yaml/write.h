// yaml/write.h
//
// From nodes to the bytes that kustomize v5.8 prints: keys in its natural order, its quoting and
// folding, numbers and timestamps in their final form. One writer for everything that kiln prints.
#pragma once

#include "base/buffer.h"
#include "base/diagnostics.h"
#include "doc/node.h"

struct yaml_writer;  // scratch memory, reused from document to document of one build; for one thread

struct yaml_writer *yaml_writer_new(struct diagnostics *);
void yaml_writer_free(struct yaml_writer *);

// Appends one document, without `---`, with its final newline. The tree is not changed.
// False: diagnosed (a repeated key, a key that is no string, a tag that does not fit, an infinite
// number, a control character), with the position of the node; the buffer then holds part of a document.
bool yaml_write_document(struct yaml_writer *, struct buffer *, const struct node *);
