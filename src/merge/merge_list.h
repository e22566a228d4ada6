// merge/merge_list.h
//
// Shared only by the two halves of the strategic merge: maps and scalars in strategic_merge.c, lists in merge_list.c.
#pragma once

#include "merge/strategic_merge.h"

struct merge {
    struct resource_context *context;
    struct written *written;  // of the target (merge/merge_written.h); may be NULL
    struct arena scratch;     // freed after the merge
};

enum directive { DIRECTIVE_MERGE, DIRECTIVE_REPLACE, DIRECTIVE_DELETE, DIRECTIVE_UNKNOWN };

// Parses the value of `$patch`.
enum directive directive_from(const struct node *value);
// Both return false.
bool diagnose_directive(struct merge *, const struct node *value);
bool diagnose_kind(struct merge *, const struct node *node, const struct node *other, const char *expected);

// Merges two nodes, either of which may be NULL. `*result` becomes NULL if nothing is left. False: diagnosed.
bool merge_nodes(struct merge *, struct node *target, struct node *patch, struct schema_type, struct node **result);

// Merges two lists that merge according to the schema. `target` may be NULL or null.
bool merge_lists(struct merge *, struct node *target, struct node *patch, struct schema_type,
                 const struct schema_merge *, struct node **result);

// The text of a scalar without quotes; empty for a map or list.
static inline struct slice raw_text(const struct node *node)
{
    return node->kind == NODE_SCALAR ? node_text(node) : (struct slice){0};
}
