// yaml/write.h
//
// Prints nodes as the same bytes as kustomize v5.8: keys in its natural order, its quoting and folding, and numbers and
// timestamps in their final form. Every resource that a build prints as YAML or KYAML goes through this writer.
#pragma once

#include "base/buffer.h"
#include "base/diagnostics.h"
#include "doc/node.h"

struct yaml_writer;  // scratch memory that the documents of one build reuse; for one thread

struct yaml_writer *yaml_writer_new(struct diagnostics *);
void yaml_writer_free(struct yaml_writer *);

// Appends one document, without `---`, with its final newline. The tree does not change. False: diagnosed at the
// position of the node (a repeated key, a key that isn't a string, a tag that doesn't match, an infinite number, a
// control character); the buffer then holds part of a document.
bool yaml_write_document(struct yaml_writer *, struct buffer *, const struct node *);
