// compare/mask.h
//
// What is shown of values: the one rule for differences and traces. Hidden are, in a Secret, all but what identifies
// it; values whose name says so (base/secret_names.h), also in texts (compare/mask_text.h); what has its text where the
// sources have a secret; texts that are in a Secret of the sources; logins in URLs; and what the user has masked.
#pragma once

#include "compare/walk.h"

// For the values of one object in one build.
struct masking {
    struct arena *arena;
    const struct compare_options *options;  // show_secrets, and the masks of the user
    const struct resource *object;
    struct sources *sources;
    // In place of a hidden text. NULL: `***`, or `label` where it differs from its partner.
    struct slice (*cover)(struct arena *, struct slice text);
    const char *label;
    // For the values that these are compared with; NULL: none are.
    const struct masking *partner;
    struct name_table *partner_names;
};

bool mask_is_secret_object(const struct resource *);
// True where the way from the root leads to a secret. `in_document`: the root is one in a string.
bool mask_is_secret_field(const struct resource *, bool in_document, const struct walk_step *, size_t count,
                          const struct node *before, const struct node *after);

// True for a map that names a secret, whose value it may have: `{name: DB_PASSWORD, value: x}`.
bool mask_names_secret(const struct node *map);
// True for the item of a list that is the value of the flag in front of it: `[--token, x]`.
bool mask_follows_flag(const struct node *list, uint32_t number);

// A value without what must not be shown: itself, or a copy. The steps lead to it, and so does the path, as walk_path
// has it; it may be empty where there are no masks.
const struct node *mask_value(const struct masking *, const struct walk_step *, size_t count, struct slice path,
                              const struct node *);

// Replaces the nodes of the changes, so that no format can show what is secret.
void mask_difference(const struct comparison *, struct object_difference *);
// To be called first: makes the values of the Secrets of a build known, so that they are found in other texts, too.
void mask_learn_values(struct build *);
void mask_learn(const struct side *);
