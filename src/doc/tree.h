// doc/tree.h
//
// A YAML document as it was written: comments, quotes, tags, anchors and aliases are kept, and keys are nodes like
// their values. For commands that read files, change a little and print all of it again:
//
//     # base           map, its first key has the head comment "# base"
//     a: 'x'  # why    key `a`, value 'x' in single quotes with the line comment "# why"
//     b: *def          key `b`, an alias
//
// Nodes live in an arena. Depth is bounded by NODE_DEPTH_MAX when a document is read, so that recursion is safe.
#pragma once

#include "doc/node.h"

enum tree_kind { TREE_SCALAR, TREE_MAP, TREE_SEQUENCE, TREE_ALIAS };

// Where a node stands in the bytes of the text that it was read from. Zeroed in one that was made.
//
//     images:            # of the list, entry_start: `images`; after: behind the colon
//     - name: app        # of the map, entry_start: the dash; start: `name`; of `app`, end: behind it
struct tree_span {
    size_t start;    // with anchor and tag
    size_t content;  // behind these
    size_t end;      // equal to start for an absent value
    // Of an item of a list, and of the value of a key.
    size_t entry_start;  // the key or the dash; of an item between brackets the item itself
    size_t after;        // behind the colon or the dash
    size_t comma;        // behind an entry between brackets; 0: there is none
    bool tagged;         // has a tag, be it only `!`
    bool has_alias;      // it is one or holds one, but as a key
    bool busy;           // for who edits the text: another value is being printed in its place, or from its text
};

struct tree {
    uint8_t kind;   // enum tree_kind
    uint8_t style;  // enum node_style; STYLE_PLAIN is block for maps and sequences
    bool tagged;    // the tag is printed even where it goes without saying
    uint32_t count, capacity;
    struct tree **items;  // of a sequence; of a map keys and values in turn
    struct slice tag;     // "!!str", "!mine"; empty in a new node: what the text resolves to
    struct slice text;    // of a scalar; of an alias the name of the anchor
    struct tree *target;  // of an alias that was read: the node with the anchor
    struct slice anchor;
    struct slice head, line, foot;  // comments, several lines joined by line breaks
    struct position position;
    struct tree_span span;
};

struct tree_document {
    struct tree *root;
    struct slice head, foot;  // comments set apart from the first and the last node by an empty line
    bool item;                // it is part of a list: a node without a document around it
};

struct tree_documents {
    struct tree_document **items;
    size_t count, capacity;
};

// --- Making and changing.

struct tree *tree_new(struct arena *, enum tree_kind);
// Plain, and without a tag: a number stays a number.
struct tree *tree_new_scalar(struct arena *, struct slice text);
// A string whatever it looks like.
struct tree *tree_new_string(struct arena *, struct slice text, enum node_style);
struct tree *tree_copy(struct arena *, const struct tree *);
// The same as a tree, in the styles of its nodes. The texts are shared with the node.
struct tree *tree_from_node(struct arena *, const struct node *);
// The tag as a tree has it; empty for TAG_IMPLICIT and TAG_OTHER.
struct slice tree_tag_text(enum node_tag);
void tree_append(struct arena *, struct tree *, struct tree *item);

bool tree_is_null(const struct tree *);
// Null, or a map or sequence without content; NULL too.
bool tree_is_empty(const struct tree *);

// The value of the first entry with the key; NULL when there is none, or `map` is no map.
struct tree *tree_get(const struct tree *map, struct slice key);
// Where its key stands among the items; SLICE_NOT_FOUND.
size_t tree_find(const struct tree *map, struct slice key);
void tree_remove_entry(struct tree *map, size_t at);
void tree_strip_comments(struct tree *);
