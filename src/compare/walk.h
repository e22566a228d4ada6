// compare/walk.h
//
// Walks over the trees of one object on both sides, and collects the changes.
#pragma once

#include "compare/comparison.h"
#include "compare/renames.h"

enum walk_step_kind { STEP_FIELD, STEP_ITEM };

struct walk_step {
    enum walk_step_kind kind;
    struct slice text;              // the field, or the identity of the item
    uint32_t before, after, patch;  // of an item: its index before, after, and when this change is applied
    bool secret;  // the value of a flag such as `--token`, or of a secret that the field next to it names
};

struct walk {
    struct arena *arena;
    const struct side *before, *after;
    const struct compare_options *options;
    const struct renames *renames;
    struct object_difference *object;
    struct change_list *changes;         // of the object, or of the document in a string
    struct object_difference **renamed;  // for each pair of objects; NULL if the name is unchanged
    struct {
        struct walk_step *items;
        size_t count, capacity;
    } steps;
    struct slice outer, outer_pointer;  // in a document: the path of the string that holds it
    const struct node *outer_before, *outer_after;
    bool is_secret;  // the object is a Secret
};

// Adds the changes between two values; NULL: absent.
void walk_values(struct walk *, struct schema_type, const struct node *before, const struct node *after);

// The path from the root, as shown to people.
struct slice walk_path(const struct walk *);

// True if a change at the current place is ignored.
bool walk_is_ignored(const struct walk *, const struct node *before, const struct node *after);

// True if values at the current place must not be shown.
bool walk_is_secret(const struct walk *, const struct node *before, const struct node *after);

// Building blocks for the other files in this directory.
void walk_push_field(struct walk *, struct slice key);
void walk_pop(struct walk *);
struct change *walk_add_change(struct walk *, enum change_kind, const struct node *before, const struct node *after);

// Compares the decoded values of a Secret's `data` and `stringData`.
void walk_secret_values(struct walk *, const struct node *before, const struct node *after);

// Decodes base64; returns the text itself if it isn't base64.
struct slice secret_value_decoded(struct arena *, struct slice text);

// Compares the documents in two strings. False: there are none, or the difference is not in them.
bool walk_documents(struct walk *, struct change *, const struct node *before, const struct node *after);
