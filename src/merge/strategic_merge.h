// merge/strategic_merge.h
//
// Merges one tree into another like kustomize: maps by key, lists by the merge keys from the schema. Everything else is
// replaced. `null` removes a field, and `$patch: delete` and `$patch: replace` act on a map or list.
//
//     target                      patch                        result
//     containers:                 containers:                  containers:
//     - {name: a, image: a:1}     - {name: b, image: b:2}      - {name: b, image: b:2}
//     - {name: b, image: b:1}                                  - {name: a, image: a:1}
//
// The API server's merge differs in the order of lists, in `$patch: replace`, and in lists with two merge keys.
#pragma once

#include "resource/resource.h"

// Stores the result in `*target`, or NULL if `$patch: delete` at the root removed it. Nodes of the patch become part of
// the target, so it must be a copy. `written`, in which both trees are tied (resource/written.h), is merged as well; it
// may be NULL. False: diagnosed at a node of the patch.
bool strategic_merge(struct resource_context *, struct node **target, struct node *patch, struct written *);
