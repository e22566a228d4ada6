// yaml/tree.h
//
// The text of trees (doc/tree.h): read with all that its author wrote, and printed so.
#pragma once

#include "base/buffer.h"
#include "doc/tree.h"
#include "yaml/read.h"

// The documents of a file or stream, cut at lines that start with `---` before they are parsed; empty and null ones are
// left out. False: diagnosed with position; what was appended before stays.
bool tree_read(struct read_context *, const struct source *, struct tree_documents *);
// The first document of a text, without cutting; `*document` is NULL when there is none at all.
bool tree_read_first(struct read_context *, const struct source *, struct tree_document **document);

// Prints documents one after the other, `---` between them. Two blanks indent a map, none a list in a map.
struct tree_writer {
    struct buffer *out;
    bool started;  // a document was printed
    // Comments that have found no place yet: the next document may have one.
    struct slice head, line, foot, tail, key_line;
};
void tree_write_document(struct tree_writer *, const struct tree_document *);
// One node by itself.
void tree_write(struct buffer *, const struct tree *);
