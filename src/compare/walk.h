// compare/walk.h
//
// The way through the trees of one object on both sides, and the changes found on it.
#pragma once

#include "compare/comparison.h"
#include "compare/renames.h"

enum walk_step_kind { STEP_FIELD, STEP_ITEM };

struct walk_step {
    enum walk_step_kind kind;
    struct slice text;              // the field, or what tells the item from others
    uint32_t before, after, patch;  // of an item: its place before, after, and when it is this change's turn
    bool secret;                    // the value of a flag such as `--token`, or of what is named beside it
};

struct walk {
    struct arena *arena;
    const struct side *before, *after;
    const struct compare_options *options;
    const struct renames *renames;
    struct object_difference *object;
    struct change_list *changes;         // of the object, or of the document in a text
    struct object_difference **renamed;  // for each pair of objects; NULL where the name is as it was
    struct {
        struct walk_step *items;
        size_t count, capacity;
    } steps;
    struct slice outer, outer_pointer;  // in a document: the path of the text that holds it
    const struct node *outer_before, *outer_after;
    bool is_secret;  // the object is a Secret
};

// Adds the changes between two values; NULL: there is none.
void walk_values(struct walk *, struct schema_type, const struct node *before, const struct node *after);

// The path from the root, as people read it.
struct slice walk_path(const struct walk *);

// True when the change at the present place is one that nobody wants to see.
bool walk_is_ignored(const struct walk *, const struct node *before, const struct node *after);

// True when values at the present place are not to be shown.
bool walk_is_secret(const struct walk *, const struct node *before, const struct node *after);

// The building stones of what is compared in other files.
void walk_push_field(struct walk *, struct slice key);
void walk_pop(struct walk *);
struct change *walk_add_change(struct walk *, enum change_kind, const struct node *before, const struct node *after);

// What a Secret's `data` and `stringData` hold, decoded.
void walk_secret_values(struct walk *, const struct node *before, const struct node *after);

// The bytes behind base64; the text itself where it is none.
struct slice secret_value_decoded(struct arena *, struct slice text);

// Compares the documents in two texts. False: there are none, or what differs is not in them.
bool walk_documents(struct walk *, struct change *, const struct node *before, const struct node *after);
