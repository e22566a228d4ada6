// compare/comparison.h
//
// What differs between two streams of objects, as data. Formats (src/report) print it; nothing here does.
//
//     struct comparison *comparison = compare_sides(&before, &after, &options);
//
// A comparison lives in the arena of the side after, and points into the trees of both sides, which it does not change.
#pragma once

#include "compare/side.h"

enum change_kind {
    CHANGE_REPLACED,
    CHANGE_ADDED,
    CHANGE_REMOVED,
    CHANGE_REORDERED,  // items of a list; `before` and `after` are lists of what tells them apart
};

// Why one may not care.
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

// Changes of one object come in such an order that they can be carried out one after the other, each at its `patch`.
struct change {
    enum change_kind kind;
    enum change_noise noise;
    struct slice path;      // spec.template.spec.containers[web].image; `data.config.json → server.port` in a text
    struct slice pointer;   // RFC 6901, in the tree that has the field: that after, unless it was removed
    struct slice patch;     // the same in the tree as it is when all changes in front of this one have been made
    struct slice document;  // of a change in a string that holds a document: the pointer of the string
    // Of an item of a list that came or went: the list, and what tells the item from others. Empty: it is no item.
    struct slice list, item;
    const struct node *before, *after;  // NULL where there is none; without what is secret
    const struct list_move *moves;      // of CHANGE_REORDERED
    size_t move_count;
    struct change_list nested;           // what changed in the document that the text holds, when both texts hold one
    bool secret;                         // values are not shown
    bool masked;                         // something of the value after is not shown
    size_t length_before, length_after;  // of a secret value, in bytes
    const struct side *place_side;       // where the change stands; NULL: nowhere
    struct position place;
};

enum object_change { OBJECT_REMOVED, OBJECT_RENAMED, OBJECT_CHANGED, OBJECT_ADDED };

// How two objects with different names were found to be the same.
enum rename_reason {
    RENAME_NONE,
    RENAME_HASH,       // the name but for the hash of its content
    RENAME_ORIGIN,     // the same object of the sources, under another prefix or suffix
    RENAME_NAMESPACE,  // the same name in another namespace
    RENAME_LIKENESS,   // most of the content
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
    const struct resource *before, *after;  // NULL where there is none
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
    struct slice path;  // what is compared: the root, or both operands
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
    bool order;            // also where the order of a list means nothing
    bool show_equivalent;  // values that mean the same but are written otherwise
    bool show_secrets;
    struct slice *ignored;  // FIELD[=GLOB]
    size_t ignored_count;
    struct slice *masked;  // KIND/NAME/FIELD
    size_t masked_count;
};

struct comparison *compare_sides(const struct side *before, const struct side *after, const struct compare_options *);

// The tree of an object without what is secret; NULL on the side that has none. Where both sides have a secret value,
// it says which is which.
const struct node *comparison_tree(const struct comparison *, const struct object_difference *, bool after);

// True when there is a difference that is shown.
bool comparison_differs(const struct comparison *);
// True for an object that has something to show.
static inline bool object_is_shown(const struct object_difference *object)
{
    return object->kind != OBJECT_CHANGED || object->shown > 0;
}

// `web-config` of `web-config-dkb82h5ct6`; false where the text does not end like the hash of a name.
bool name_without_hash(struct slice name, struct slice *base);
