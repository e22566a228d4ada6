// schema/schema.h
//
// What is known of the Kubernetes API: which lists merge by which keys, and which kinds are
// cluster-scoped. The built-in facts (Kubernetes 1.21.2, the version that kustomize v5.8 embeds) are
// compiled in as a compact table; a user's OpenAPI document makes a schema of its own.
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diagnostics.h"
#include "base/release.h"
#include "base/slice.h"
#include "doc/node.h"

struct schema;

// The built-in schema. Constant; costs nothing to get.
const struct schema *schema_builtin(void);

// A schema from an OpenAPI v2 document (`definitions` with x-kubernetes-… extensions, scopes from `paths`).
// NULL: diagnosed.
const struct schema *schema_from_openapi(struct arena *, const struct node *document, struct diagnostics *);

// The definitions of `base` and of a document together: each may refer to the other's. Of two with one name that of the
// document counts, or that of the base.
enum schema_join { SCHEMA_DOCUMENT_COUNTS, SCHEMA_BASE_COUNTS };
const struct schema *schema_join_openapi(struct arena *, const struct schema *base, enum schema_join,
                                         const struct node *document, struct diagnostics *);

// What has been asked of a schema so far.
struct schema_use {
    atomic_bool types;   // a kind was looked up, for a merge
    atomic_bool scopes;  // the scope of a kind that has no built-in one
};

// The same schema, but it notes in `use` what it is asked.
const struct schema *schema_tracked(struct arena *, const struct schema *, struct schema_use *);

// A schema that knows nothing.
const struct schema *schema_empty(void);

// A place in a schema: a kind, one of its fields, the elements of a list. Zero: nothing is known.
struct schema_type {
    const struct schema *schema;
    uint32_t number;  // 1 + index of its row
};

static inline bool schema_type_known(struct schema_type type)
{
    return type.schema != NULL;
}

struct schema_type schema_of_kind(const struct schema *, struct slice api_version, struct slice kind);
// The type of a field: its own, or that of all fields of a map.
struct schema_type schema_field(struct schema_type, struct slice field);
struct schema_type schema_items(struct schema_type);

// How a list merges. `merge`: its patch strategy says so; then the keys: none for a list of scalars.
enum { SCHEMA_MERGE_KEYS_MAX = 4 };
struct schema_merge {
    bool merge;
    uint8_t key_count;
    struct slice keys[SCHEMA_MERGE_KEYS_MAX];
};
struct schema_merge schema_list_merge(struct schema_type);

enum scope { SCOPE_UNKNOWN, SCOPE_NAMESPACED, SCOPE_CLUSTER };

// The built-in scopes always count; `schema` may add others (NULL: none).
enum scope schema_scope(const struct schema *, enum release, struct slice api_version, struct slice kind);
