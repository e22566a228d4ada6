// compare/mask.h
//
// Hides secret values, in the same way in differences and traces: everything in a Secret except its identity; values
// with a secret name (base/secret_names.h), including those inside strings (compare/mask_text.h); values written where
// the sources have a secret; strings that also occur in a Secret of the sources; logins in URLs; and the user's masks.
#pragma once

#include "compare/walk.h"

// For the values of one object in one build.
struct masking {
    struct arena *arena;
    const struct compare_options *options;  // show_secrets, and the masks of the user
    const struct resource *object;
    struct sources *sources;
    // Replaces a hidden string. NULL: `***`, or `label` if it differs from its partner.
    struct slice (*cover)(struct arena *, struct slice text);
    const char *label;
    // For the values to compare with; NULL: none.
    const struct masking *partner;
    struct name_table *partner_names;
};

bool mask_is_secret_object(const struct resource *);
// True if the path from the root leads to a secret. `in_document`: the root is a document in a string.
bool mask_is_secret_field(const struct resource *, bool in_document, const struct walk_step *, size_t count,
                          const struct node *before, const struct node *after);

// True for a map whose name says that its value is a secret: `{name: DB_PASSWORD, value: x}`.
bool mask_names_secret(const struct node *map);
// True for a list item that is the value of the flag before it: `[--token, x]`.
bool mask_follows_flag(const struct node *list, uint32_t number);

// The value without its secrets: itself, or a copy. Both the steps and the path (as in walk_path) lead to it. The path
// may be empty if there are no masks.
const struct node *mask_value(const struct masking *, const struct walk_step *, size_t count, struct slice path,
                              const struct node *);

// Replaces the nodes of the changes, so that no format can show a secret.
void mask_difference(const struct comparison *, struct object_difference *);
// Call this first: collects the values of the Secrets of a build, so that they are also found in other strings.
void mask_learn_values(struct build *);
void mask_learn(const struct side *);
