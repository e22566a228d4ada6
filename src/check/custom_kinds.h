// check/custom_kinds.h
//
// Kinds that CustomResourceDefinitions define.
#pragma once

#include "check/custom_type.h"

struct custom_kind {
    struct slice group, kind, version;
    bool served;
    bool ignores_status;        // it has a resource of its own
    const struct node *schema;  // NULL: anything goes
    bool is_structural;         // fields that the schema doesn't name are dropped
};

struct custom_kinds {
    struct custom_kind *items;
    size_t count, capacity;
    struct hash_index by_kind;  // group and kind
};

bool is_definition(struct slice api_version, struct slice kind);

// Adds the versions of a CustomResourceDefinition, whose nodes must stay alive. Ignores malformed ones.
void custom_kinds_add(struct arena *, struct custom_kinds *, const struct node *definition);
// The same for copies that live in the arena, without descriptions.
void custom_kinds_add_copy(struct arena *, struct custom_kinds *, const struct node *definition);

void custom_kinds_add_kind(struct arena *, struct custom_kinds *, struct custom_kind);

// NULL: unknown. `*other` is any other version of the kind, if this one is missing.
const struct custom_kind *custom_kinds_find(const struct custom_kinds *, struct slice group, struct slice kind,
                                            struct slice version, const struct custom_kind **other);
// The versions of a kind that are served: "v1, v1beta1".
struct slice custom_kinds_served(struct arena *, const struct custom_kinds *, struct slice group, struct slice kind);
