// merge/merge_list.h
//
// The two halves of the strategic merge know each other through this: maps and scalars in strategic_merge.c, lists in
// merge_list.c. Internal to those.
#pragma once

#include "merge/strategic_merge.h"

struct merge {
    struct resource_context *context;
    struct written *written;  // of the target (merge/merge_written.h); NULL: it has none
    struct arena scratch;     // freed when the merge is over
};

enum directive { DIRECTIVE_MERGE, DIRECTIVE_REPLACE, DIRECTIVE_DELETE, DIRECTIVE_UNKNOWN };

// What the value of `$patch` says.
enum directive directive_from(const struct node *value);
// False: diagnosed.
bool diagnose_directive(struct merge *, const struct node *value);
bool diagnose_kind(struct merge *, const struct node *node, const struct node *other, const char *expected);

// Merges two nodes, either of which may be NULL. `*result` NULL: nothing is left. False: diagnosed.
bool merge_nodes(struct merge *, struct node *target, struct node *patch, struct schema_type, struct node **result);

// Merges two lists of which the schema says that they merge. `target` may be NULL or null.
bool merge_lists(struct merge *, struct node *target, struct node *patch, struct schema_type,
                 const struct schema_merge *, struct node **result);

// The source text of a scalar, quotes aside; empty for a map or a list.
static inline struct slice raw_text(const struct node *node)
{
    return node->kind == NODE_SCALAR ? node_text(node) : (struct slice){0};
}
