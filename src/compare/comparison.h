// compare/comparison.h
//
// The differences between two streams of objects, as data. Formats (src/report) print them.
//
//     struct comparison *comparison = compare_sides(&before, &after, &options);
//
// A comparison lives in the arena of the newer side and points into the trees of both sides, which it doesn't change.
#pragma once

#include "compare/meaning.h"

enum change_kind {
    CHANGE_REPLACED,
    CHANGE_ADDED,
    CHANGE_REMOVED,
    CHANGE_REORDERED,  // items of a list; `before` and `after` are lists of their identities
};

// Why a change may be uninteresting.
enum change_noise {
    NOISE_NONE,
    NOISE_RENAME,     // the new name of an object that was renamed
    NOISE_REFERENCE,  // a reference that follows an object that was renamed
};

struct list_move {
    uint32_t from, to;
};

struct change_list {
    struct change **items;
    size_t count, capacity;
};

// Changes of one object are in an order in which they can be applied one after the other, each at its `patch`.
struct change {
    enum change_kind kind;
    enum change_noise noise;
    struct slice path;      // spec.template.spec.containers[web].image; `data.config.json → server.port` in a string
    struct slice pointer;   // RFC 6901, in the tree with the field: the newer one, unless it was removed
    struct slice patch;     // the same in the tree after all earlier changes have been applied
    struct slice document;  // for a change inside a document in a string: the pointer of the string
    // For an added or removed list item: the list and the item's identity. Empty: not an item.
    struct slice list, item;
    const struct node *before, *after;        // NULL: absent; without secrets
    enum value_type type_before, type_after;  // as kubectl reads the values
    const struct list_move *moves;            // of CHANGE_REORDERED
    size_t move_count;
    struct change_list nested;           // changes inside the documents, if both strings hold one
    bool secret;                         // values are not shown
    bool masked;                         // a part of the newer value is not shown
    size_t length_before, length_after;  // of a secret value, in bytes
    const struct side *place_side;       // where the change is written; NULL: nowhere
    struct position place;
};

enum object_change { OBJECT_REMOVED, OBJECT_RENAMED, OBJECT_CHANGED, OBJECT_ADDED };

// How two objects with different names were found to be the same.
enum rename_reason {
    RENAME_NONE,
    RENAME_HASH,       // the same name except for the content hash
    RENAME_ORIGIN,     // the same source object, with another prefix or suffix
    RENAME_NAMESPACE,  // the same name in another namespace
    RENAME_LIKENESS,   // mostly the same content
};
extern const char *const rename_reason_texts[];

// A field of another object that follows a rename.
struct followed_reference {
    const struct resource *object;
    struct slice path;
};

struct object_difference {
    enum object_change kind;
    enum rename_reason reason;
    const struct resource *before, *after;  // NULL: absent
    struct change_list changes;
    size_t shown;  // changes without noise, nested ones not counted
    struct {
        struct followed_reference *items;
        size_t count, capacity;
    } references;
};

struct compare_options;

struct comparison {
    const struct compare_options *options;
    struct slice path;  // the root, or both operands
    const struct side *before, *after;
    struct arena *arena;
    struct {
        struct object_difference **items;  // removed, renamed, changed, added; each in the order of apply
        size_t count, capacity;
    } objects;
    size_t counts[OBJECT_ADDED + 1];
    size_t unchanged;
};

struct compare_options {
    bool no_rename, no_merge_keys, no_embedded;
    bool order;            // also report the order of lists whose order has no meaning
    bool show_equivalent;  // also report values that are written differently but mean the same
    bool show_secrets;
    struct slice *ignored;  // FIELD[=GLOB]
    size_t ignored_count;
    struct slice *masked;  // KIND/NAME/FIELD
    size_t masked_count;
};

struct comparison *compare_sides(const struct side *before, const struct side *after, const struct compare_options *);

// The tree of an object without secrets; NULL on a side without the object. If both sides have a secret value, the
// placeholder says which is which.
const struct node *comparison_tree(const struct comparison *, const struct object_difference *, bool after);

// True if there is a visible difference.
bool comparison_differs(const struct comparison *);
// True for an object with visible differences.
static inline bool object_is_shown(const struct object_difference *object)
{
    return object->kind != OBJECT_CHANGED || object->shown > 0;
}
