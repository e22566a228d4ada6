// doc/node.h
//
// The document model: scalars, maps, and sequences with their style, type, and position. It knows YAML and JSON but
// nothing about Kubernetes.
//
// Nodes live in an arena and are never freed individually. A tree owns its nodes: only nodes marked NODE_SHARED may
// occur in several places (aliases are copied when a file is read), so that changing one place doesn't change another.
// To move part of one tree into another, copy it with node_copy.
//
// Reading limits the depth to NODE_DEPTH_MAX, so recursion over a tree is safe.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/name.h"
#include "base/slice.h"
#include "base/source.h"

enum { NODE_DEPTH_MAX = 1000 };

// Repeatedly copying a value into itself grows exponentially, beyond any memory. This is the most, in MiB, that all
// copies of one step may take.
#ifdef ARENA_SANITIZED
enum { COPIES_MAX = 16 };  // under a sanitizer, every node takes many times as much memory
#else
enum { COPIES_MAX = 512 };
#endif

enum node_kind { NODE_SCALAR, NODE_MAP, NODE_SEQUENCE };

// How a node was written. The style isn't printed as such, but it affects types and details, because kustomize keeps
// styles within a build. For maps and sequences, STYLE_PLAIN is block style.
enum node_style {
    STYLE_PLAIN,
    STYLE_SINGLE_QUOTED,
    STYLE_DOUBLE_QUOTED,
    STYLE_LITERAL,
    STYLE_FOLDED,
    STYLE_FLOW,
};

// The type of a scalar. TAG_IMPLICIT is only for plain scalars and means the type that the text resolves to
// (doc/scalar.h). Other tags were written (`!!int "5"`), follow from quotes (TAG_STRING), or were set by a change that
// keeps the type of the old value.
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
    TAG_OTHER,  // a custom tag (`!foo`): the scalar is a string; no effect on collections
};

// All bits of node.flags. Some are set by higher layers, which describe their use.
enum node_flag {
    NODE_TAG_EXPLICIT = 0x01,  // the tag was written in the input
    NODE_REPLACED = 0x02,      // a replacement wrote the text; to kustomize, it is still the node that was read
    NODE_GROWS = 0x04,  // a block scalar that keeps its line breaks, with a comment after it at the end of its document
    NODE_MET = 0x08,    // seen by the conversion of json/convert.c, which clears it
    NODE_WRITTEN = NODE_MET,  // from a JSON patch: compared by its source text until that conversion
    NODE_UNTYPED = 0x10,      // a transformer set the text without a type: a merge treats it as a string
    NODE_SHARED = 0x20,       // may occur in several places (transform/set_pairs.c): a replacement is written into it
    // A string that took over the plain style of the value that it replaced. Other plain strings that YAML 1.1 would
    // read as something else come from generators and transformers, and kustomize prints those in quotes.
    NODE_KEEPS_PLAIN = 0x40,
    NODE_FROM_ALIAS = 0x80,  // a sequence from an alias as the value of `<<`, which only allows a map there
};

// The key `<<`, whose value is merged into the map.
static inline bool name_is_merge_key(const struct name *name)
{
    return name->text.length == 2 && name->text.data[0] == '<' && name->text.data[1] == '<';
}

// A key of a map with its value. Keys are interned, so compare them with ==.
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
    uint32_t count;  // bytes of a scalar, entries of a map, or items of a sequence
    union {
        const char *text;  // scalar
        struct map_entry *entries;
        struct node **items;
    };
    union {
        uint32_t capacity;   // of entries or items
        uint32_t read_from;  // scalar: its file before node_move; 0: not moved
    };
    struct position position;
};

// A list of nodes in an arena: the documents of a file.
struct node_list {
    struct node **items;
    size_t count, capacity;
    size_t skipped;  // empty documents, which are not in the list
};

// --- Creating nodes. Messages about the node point to `position`.

struct node *node_new_scalar(struct arena *, struct slice text, enum node_style, enum node_tag, struct position);
// A string with TAG_STRING in the style of generators and transformers: plain, or literal if it has a line break.
struct node *node_new_string(struct arena *, struct slice text, struct position);
struct node *node_new_map(struct arena *, struct position);
struct node *node_new_sequence(struct arena *, struct position);
// The bytes that a copy would take, including its strings. `level` is the node's own level; `*deepest` is raised to
// that of its deepest node.
size_t node_memory(const struct node *, size_t level, size_t *deepest);
// A deep copy, including positions.
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

// Sets the position of a scalar whose text has been replaced by one from there. node_read_from still returns the file
// that the scalar itself was read from.
static inline void node_move(struct node *scalar, struct position position)
{
    if (!scalar->read_from)
        scalar->read_from = scalar->position.file;
    scalar->position = position;
}

// The file that a node was read from, even if its text has been replaced.
static inline uint32_t node_read_from(const struct node *node)
{
    return node->kind == NODE_SCALAR && node->read_from ? node->read_from : node->position.file;
}

// True for `null`, `~`, and an empty plain scalar, and for a NULL pointer.
bool node_is_null(const struct node *);
// True for what kustomize takes for null. A text that a transformer set without a type never is, whatever it says.
static inline bool node_is_typed_null(const struct node *node)
{
    return node_is_null(node) && !(node && node->flags & NODE_UNTYPED);
}
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

// "a map", "a list", "a string", "a number", "a boolean", "a merge key", or "null", for messages.
const char *node_kind_phrase(const struct node *);

// --- Maps. Repeated keys are kept as they were read: lookups find the first entry, and the writer rejects the map.
// Lookups in large maps use an index.

struct map_entry *node_map_find(const struct node *map, const struct name *key);
// NULL if there is no such key, or if `map` is NULL or not a map.
struct node *node_map_get(const struct node *map, const struct name *key);
// The first entry with the text as its key, found by a walk; NULL as above. Only for keys that aren't interned.
const struct map_entry *node_map_find_text(const struct node *map, struct slice key);
// The same, but returns the value.
const struct node *node_map_get_text(const struct node *map, struct slice key);
// The same two, ignoring the case of the key.
const struct map_entry *node_map_find_ignoring_case(const struct node *map, struct slice key);
const struct node *node_map_get_ignoring_case(const struct node *map, struct slice key);
// node_map_get along a path of keys: node_get_path(root, NAME(metadata), NAME(name), NULL).
struct node *node_get_path(const struct node *map, ...);
// Replaces the value of the first entry with the key, or appends an entry. The key_tag of a new entry is TAG_IMPLICIT,
// or TAG_STRING if the key wouldn't resolve to a string.
void node_map_set(struct arena *, struct node *map, const struct name *key, struct node *value);
// The map at a key of `map`. If there is none, an empty map, at the position of `map`, replaces whatever is there.
struct node *node_map_ensure(struct arena *, struct node *map, const struct name *key);
// Appends without a lookup, for readers, which keep repeated keys.
void node_map_append(struct arena *, struct node *map, struct map_entry);
// Fills an empty map with copies of the entries, like appending each but faster.
void node_map_fill(struct arena *, struct node *map, const struct map_entry *entries, uint32_t count);
// Removes all entries with the key. False if there were none.
bool node_map_remove(struct node *map, const struct name *key);

// The position of a key in the file of its map.
static inline struct position key_position(const struct node *map, const struct map_entry *entry)
{
    return (struct position){map->position.file, entry->key_line, entry->key_column};
}

// A removal moves all later entries. To remove many, make gaps (entries without a value) and close them all at the end.
// In between, node_map_get treats a gap as missing and node_map_set fills it, but no other function accepts one.

// Turns the first entry with the key into a gap. False if there was none.
bool node_map_vacate(struct node *map, const struct name *key);
// Closes the gaps in all maps of a tree.
void node_close_gaps(struct node *);

// --- Sequences.

void node_sequence_append(struct arena *, struct node *sequence, struct node *item);
// Fills an empty sequence at once.
void node_sequence_fill(struct arena *, struct node *sequence, struct node *const *items, uint32_t count);
void node_sequence_insert(struct arena *, struct node *sequence, size_t index, struct node *item);
void node_sequence_remove(struct node *sequence, size_t index);

// A text with the kind, style, tag, and position of every node, one per line, for tests and debuggers.
struct slice node_dump(struct arena *, const struct node *);
