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
// The root of the first document, for its spans: nothing is read behind it. NULL: there is none, or the text does not
// parse, or is in UTF-16.
struct tree *tree_read_spans(struct arena *, struct slice text);

struct tree_comment_lines {
    struct slice *items;  // from `#` to the end of the line
    size_t count, capacity;
};

// The comments of the first document, in the order of the text. A text that does not parse has those before the error,
// one in UTF-16 none.
void tree_read_comments(struct arena *, struct slice text, struct tree_comment_lines *);

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
