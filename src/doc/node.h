// doc/node.h
//
// The document model: scalars, maps and sequences with their style, type and position. It knows
// YAML and JSON, nothing of Kubernetes.
//
// Nodes live in an arena and are never freed one by one. A tree owns its nodes: no node but those marked NODE_SHARED
// stands in two places (aliases are copied when a file is read), so that changing one place changes no other. What
// is taken from one tree into another is copied with node_copy.
//
// Depth is bounded by NODE_DEPTH_MAX when a document is read, so that recursion over a tree is safe.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/name.h"
#include "base/slice.h"
#include "base/source.h"

enum { NODE_DEPTH_MAX = 1000 };

// Steps that copy a value into itself grow without bound: a few can ask for more than there is memory. So much, in MiB,
// may all copies of one step take.
#ifdef ARENA_SANITIZED
enum { COPIES_MAX = 16 };  // every node costs many times as much under a sanitizer
#else
enum { COPIES_MAX = 512 };
#endif

enum node_kind { NODE_SCALAR, NODE_MAP, NODE_SEQUENCE };

// How a node was written. It is not printed, but it decides types and details (spec of the output:
// kustomize keeps styles inside a build). For maps and sequences: STYLE_PLAIN is block, STYLE_FLOW flow.
enum node_style {
    STYLE_PLAIN,
    STYLE_SINGLE_QUOTED,
    STYLE_DOUBLE_QUOTED,
    STYLE_LITERAL,
    STYLE_FOLDED,
    STYLE_FLOW,
};

// The type of a scalar. TAG_IMPLICIT means: what the text resolves to (doc/scalar.h); only a plain
// scalar has it. Everything else was written (`!!int "5"`), follows from quotes (TAG_STRING) or was
// set by a change that keeps the type of the old value.
enum node_tag {
    TAG_IMPLICIT,
    TAG_STRING,
    TAG_NULL,
    TAG_BOOL,
    TAG_INT,
    TAG_FLOAT,
    TAG_TIMESTAMP,
    TAG_BINARY,
    TAG_MERGE,
    TAG_OTHER,  // a custom tag (`!foo`): the scalar is a string; on collections of no effect
};

// All bits of node.flags. Rooms above set some, and say there what they do with them.
enum node_flag {
    NODE_TAG_EXPLICIT = 0x01,  // the tag stood in the input
    NODE_REPLACED = 0x02,      // a replacement wrote the text: for kustomize the node is still the one that was read
    NODE_GROWS = 0x04,         // a block scalar that keeps its line breaks, before a comment at the end of its document
    NODE_MET = 0x08,           // seen by the conversion of json/convert.c, which takes it away again
    NODE_WRITTEN = NODE_MET,   // of a JSON patch, and compared by its source text until that conversion
    NODE_UNTYPED = 0x10,       // a transformer set the text without a type: a merge takes it for a string
    NODE_SHARED = 0x20,  // may stand in several places (transform/set_pairs.c): what replaces it is written into it
    // A string that has the plain style from what it replaced. Others that are plain although YAML 1.1 would not read
    // them as strings come from generators and transformers, and kustomize writes those in quotes.
    NODE_KEEPS_PLAIN = 0x40,
    NODE_FROM_ALIAS = 0x80,  // a sequence that an alias gave as the value of `<<`, where only a map is allowed
};

// The key `<<`, under which a map holds what is merged into it.
static inline bool name_is_merge_key(const struct name *name)
{
    return name->text.length == 2 && name->text.data[0] == '<' && name->text.data[1] == '<';
}

// A key of a map, with its value. Keys are interned: compare with ==.
struct map_entry {
    const struct name *key;
    struct node *value;
    uint32_t key_line;
    uint32_t key_column : 24;
    uint32_t key_tag : 8;  // enum node_tag: TAG_STRING for quoted keys, TAG_IMPLICIT for plain ones
};

struct node {
    uint8_t kind;    // enum node_kind
    uint8_t style;   // enum node_style
    uint8_t tag;     // enum node_tag; TAG_IMPLICIT for maps and sequences
    uint8_t flags;   // enum node_flag
    uint32_t count;  // bytes of a scalar, entries of a map, items of a sequence
    union {
        const char *text;  // scalar
        struct map_entry *entries;
        struct node **items;
    };
    union {
        uint32_t capacity;   // of entries or items
        uint32_t read_from;  // scalar: the file that it was in before node_move; 0: it was not moved
    };
    struct position position;
};

// A list of nodes in an arena: the documents of a file.
struct node_list {
    struct node **items;
    size_t count, capacity;
    size_t skipped;  // documents with nothing in them, which are not in the list
};

// --- Making nodes. `position` is where messages about the node point.

struct node *node_new_scalar(struct arena *, struct slice text, enum node_style, enum node_tag, struct position);
// A string, in the style that generators and transformers use: plain, literal when it has a line break; TAG_STRING.
struct node *node_new_string(struct arena *, struct slice text, struct position);
struct node *node_new_map(struct arena *, struct position);
struct node *node_new_sequence(struct arena *, struct position);
// The bytes that a copy takes, texts included. `*deepest` rises to the level of its deepest node, `level` is its own.
size_t node_memory(const struct node *, size_t level, size_t *deepest);
// A deep copy, positions included.
struct node *node_copy(struct arena *, const struct node *);

// --- Scalars.

static inline struct slice node_text(const struct node *node)
{
    return (struct slice){node->text, node->count};
}

static inline void node_set_text(struct node *node, struct slice text)
{
    node->text = text.data;
    node->count = (uint32_t)text.length;
}

// A scalar whose text is another one now, which stands at the position. What asks for the file that the scalar itself
// was read from gets the old one.
static inline void node_move(struct node *scalar, struct position position)
{
    if (!scalar->read_from)
        scalar->read_from = scalar->position.file;
    scalar->position = position;
}

// The file that a node was read from, whatever its text is now.
static inline uint32_t node_read_from(const struct node *node)
{
    return node->kind == NODE_SCALAR && node->read_from ? node->read_from : node->position.file;
}

// Null: `null`, `~`, an empty plain scalar. A NULL pointer counts as null too.
bool node_is_null(const struct node *);
static inline bool node_is_map(const struct node *node)
{
    return node && node->kind == NODE_MAP;
}
static inline bool node_is_sequence(const struct node *node)
{
    return node && node->kind == NODE_SEQUENCE;
}
static inline bool node_is_scalar(const struct node *node)
{
    return node && node->kind == NODE_SCALAR;
}

// "map", "list", "string", "number", "boolean", "null": for messages.
const char *node_kind_text(const struct node *);

// --- Maps. A repeated key is kept as it was read: look-ups find the first entry with the key, and the
// writer refuses the map. Look-ups of large maps go through an index.

struct map_entry *node_map_find(const struct node *map, const struct name *key);
// NULL when absent, or when `map` is NULL or no map.
struct node *node_map_get(const struct node *map, const struct name *key);
// node_map_get for a path of keys: node_get_path(root, NAME(metadata), NAME(name), NULL).
struct node *node_get_path(const struct node *map, ...);
// Replaces the value of the first entry with the key, or appends an entry with a TAG_IMPLICIT key
// (TAG_STRING where the key would not resolve to a string).
void node_map_set(struct arena *, struct node *map, const struct name *key, struct node *value);
// The map at a key of `map`. One is made where there is none, in place of whatever else is there, at the position of
// `map`.
struct node *node_map_ensure(struct arena *, struct node *map, const struct name *key);
// Appends without looking: for readers, which keep repeated keys.
void node_map_append(struct arena *, struct node *map, struct map_entry);
// Fills an empty map with copies of the entries at once: the same as appending each.
void node_map_fill(struct arena *, struct node *map, const struct map_entry *entries, uint32_t count);
// Removes all entries with the key. False when there was none.
bool node_map_remove(struct node *map, const struct name *key);

// Each removal moves the entries behind it. Who removes many makes gaps, entries without a value, and closes them all
// at the end: in between node_map_get takes a gap for absent, node_map_set fills it, and nothing else may meet one.

// Makes a gap of the first entry with the key. False when there was none.
bool node_map_vacate(struct node *map, const struct name *key);
// Closes the gaps of all maps in a tree.
void node_close_gaps(struct node *);

// --- Sequences.

void node_sequence_append(struct arena *, struct node *sequence, struct node *item);
// Fills an empty sequence at once.
void node_sequence_fill(struct arena *, struct node *sequence, struct node *const *items, uint32_t count);
void node_sequence_insert(struct arena *, struct node *sequence, size_t index, struct node *item);
void node_sequence_remove(struct node *sequence, size_t index);

// A text that shows kind, style, tag and position of every node, one a line: for tests and debuggers.
struct slice node_dump(struct arena *, const struct node *);
