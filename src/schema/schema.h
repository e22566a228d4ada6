// schema/schema.h
//
// What is known about the Kubernetes API: which lists merge by which keys, and which kinds are cluster-scoped. The
// built-in facts (Kubernetes 1.21.2, the version that kustomize v5.8 embeds) are compiled in as a compact table. An
// OpenAPI document of the user becomes a schema of its own.
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

// The built-in schema: constant data that takes no time to get.
const struct schema *schema_builtin(void);

// A schema from an OpenAPI v2 document (`definitions` with x-kubernetes-… extensions, scopes from `paths`). On NULL, a
// diagnostic was added.
const struct schema *schema_from_openapi(struct arena *, const struct node *document, struct diagnostics *);

// The definitions of `base` and of a document together; each may refer to the other's. If both define a name, the
// definition of the document or that of the base wins, as `schema_join` says.
enum schema_join { SCHEMA_DOCUMENT_COUNTS, SCHEMA_BASE_COUNTS };
const struct schema *schema_join_openapi(struct arena *, const struct schema *base, enum schema_join,
                                         const struct node *document, struct diagnostics *);

// What a schema has been asked so far.
struct schema_use {
    atomic_bool types;   // the type of a kind, for a merge
    atomic_bool scopes;  // the scope of a kind that has no built-in scope
};

// The same schema, but recording in `use` what it is asked.
const struct schema *schema_tracked(struct arena *, const struct schema *, struct schema_use *);

// A schema without any content.
const struct schema *schema_empty(void);

// A place in a schema: a kind, one of its fields, or the elements of a list. Zero if nothing is known.
struct schema_type {
    const struct schema *schema;
    uint32_t number;  // 1 + index of its row
};

static inline bool schema_type_known(struct schema_type type)
{
    return type.schema != NULL;
}

struct schema_type schema_of_kind(const struct schema *, struct slice api_version, struct slice kind);
// The type of a field: its own, or the type of all values of a map.
struct schema_type schema_field(struct schema_type, struct slice field);
struct schema_type schema_items(struct schema_type);

// How a list merges. `merge` is set if its patch strategy says so. It has keys unless it is a list of scalars.
enum { SCHEMA_MERGE_KEYS_MAX = 4 };
struct schema_merge {
    bool merge;
    uint8_t key_count;
    struct slice keys[SCHEMA_MERGE_KEYS_MAX];
};
struct schema_merge schema_list_merge(struct schema_type);

enum scope { SCOPE_UNKNOWN, SCOPE_NAMESPACED, SCOPE_CLUSTER };

// Built-in scopes always win; `schema` may add others (NULL: none).
enum scope schema_scope(const struct schema *, enum release, struct slice api_version, struct slice kind);
