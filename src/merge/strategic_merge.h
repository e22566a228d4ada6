// merge/strategic_merge.h
//
// Merges one tree into another as kustomize does: maps by key, lists by the merge keys that the schema knows,
// everything else replaced. `null` removes a field, `$patch: delete` and `$patch: replace` act on a map or a list.
//
//     target                      patch                        result
//     containers:                 containers:                  containers:
//     - {name: a, image: a:1}     - {name: b, image: b:2}      - {name: b, image: b:2}
//     - {name: b, image: b:1}                                  - {name: a, image: a:1}
//
// This is not the merge of the API server: it differs in the order of lists, in `$patch: replace` and in
// lists with two merge keys.
#pragma once

#include "resource/resource.h"

// The result is in `*target`, NULL when `$patch: delete` at the root removed it. Nodes of the patch become part of the
// target, so it must be a copy that nobody else needs. `written` has both trees tied (resource/written.h), and is
// merged too; NULL: there is none. False: diagnosed at a node of the patch.
bool strategic_merge(struct resource_context *, struct node **target, struct node *patch, struct written *);
