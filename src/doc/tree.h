// doc/tree.h
//
// A YAML document as it was written: with comments, quotes, tags, anchors, and aliases, and with keys that are nodes,
// too. For commands that read files, change a little, and print everything again:
//
//     # base           map, its first key has the head comment "# base"
//     a: 'x'  # why    key `a`, value 'x' in single quotes with the line comment "# why"
//     b: *def          key `b`, an alias
//
// Nodes live in an arena. Reading limits the depth to NODE_DEPTH_MAX, so recursion is safe.
#pragma once

#include "doc/node.h"

enum tree_kind { TREE_SCALAR, TREE_MAP, TREE_SEQUENCE, TREE_ALIAS };

// Where a node is in the bytes of the text that it was read from. All zero for a created node.
//
//     images:            # of the list, entry_start: `images`; after: after the colon
//     - name: app        # of the map, entry_start: the dash; start: `name`; of `app`, end: after it
struct tree_span {
    size_t start;    // including anchor and tag
    size_t content;  // after those
    size_t end;      // equal to `start` for a missing value
    // For items of a list and values of a map:
    size_t entry_start;  // the key or the dash; in brackets, the item itself
    size_t after;        // after the colon or the dash
    size_t comma;        // after an entry in brackets; 0: none
    bool tagged;         // has a tag, even if only `!`
    bool has_alias;      // is or contains an alias other than a key
    bool busy;           // for editors: another value is being printed in its place or from its text
};

struct tree {
    uint8_t kind;   // enum tree_kind
    uint8_t style;  // enum node_style; STYLE_PLAIN is block for maps and sequences
    bool tagged;    // the tag is printed even if it is redundant
    uint32_t count, capacity;
    struct tree **items;  // items of a sequence; keys and values of a map in turn
    struct slice tag;     // "!!str", "!mine"; empty in a created node: what the text resolves to
    struct slice text;    // of a scalar; for an alias, the name of the anchor
    struct tree *target;  // for an alias that was read: the node with the anchor
    struct slice anchor;
    struct slice head, line, foot;  // comments; lines are joined by line breaks
    struct position position;
    struct tree_span span;
};

struct tree_document {
    struct tree *root;
    struct slice head, foot;  // comments separated from the first or last node by an empty line
    bool item;                // it is an item of a list: a node without a document around it
};

struct tree_documents {
    struct tree_document **items;
    size_t count, capacity;
};

// --- Creating and changing.

struct tree *tree_new(struct arena *, enum tree_kind);
// A plain scalar without a tag: a number remains a number.
struct tree *tree_new_scalar(struct arena *, struct slice text);
// A string, whatever its text looks like.
struct tree *tree_new_string(struct arena *, struct slice text, enum node_style);
struct tree *tree_copy(struct arena *, const struct tree *);
// The tree of a node, in the styles of its nodes. The strings are shared with the node.
struct tree *tree_from_node(struct arena *, const struct node *);
// The tag as it is stored in a tree; empty for TAG_IMPLICIT and TAG_OTHER.
struct slice tree_tag_text(enum node_tag);
void tree_append(struct arena *, struct tree *, struct tree *item);

bool tree_is_null(const struct tree *);
// True for null, for a map or sequence without content, and for NULL.
bool tree_is_empty(const struct tree *);

// The value of the first entry with the key; NULL if there is none or `map` isn't a map.
struct tree *tree_get(const struct tree *map, struct slice key);
// The index of its key in `items`, or SLICE_NOT_FOUND.
size_t tree_find(const struct tree *map, struct slice key);
void tree_remove_entry(struct tree *map, size_t at);
void tree_strip_comments(struct tree *);
