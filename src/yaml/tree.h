// yaml/tree.h
//
// Reads and prints trees (doc/tree.h), which keep everything that the author wrote.
#pragma once

#include "base/buffer.h"
#include "doc/tree.h"
#include "yaml/read.h"

// The documents of a file or stream, which is cut at lines that start with `---` before parsing; empty and null
// documents are left out. False: diagnosed with position; what was appended before stays.
bool tree_read(struct read_context *, const struct source *, struct tree_documents *);
// The first document of a text that isn't cut; `*document` is NULL when there is none.
bool tree_read_first(struct read_context *, const struct source *, struct tree_document **document);
// The root of the first document, for its spans; nothing after that document is read. NULL: there is none, or the text
// does not parse or is in UTF-16.
struct tree *tree_read_spans(struct arena *, struct slice text);

struct tree_comment_lines {
    struct slice *items;  // from `#` to the end of the line
    size_t count, capacity;
};

// The comments of the first document, in order. If the text does not parse, only the comments before the error; if it
// is in UTF-16, none.
void tree_read_comments(struct arena *, struct slice text, struct tree_comment_lines *);

// Prints documents in order, separated by `---`. Maps are indented by two spaces, lists in a map not at all.
struct tree_writer {
    struct buffer *out;
    bool started;  // a document has been printed
    // Comments that couldn't be placed yet; the next document may take them.
    struct slice head, line, foot, tail, key_line;
};
void tree_write_document(struct tree_writer *, const struct tree_document *);
// One node by itself.
void tree_write(struct buffer *, const struct tree *);
