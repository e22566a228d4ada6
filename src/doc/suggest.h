// doc/suggest.h
//
// What a field may have been meant to be, where a path leads nowhere.
#pragma once

#include "base/diagnostics.h"
#include "doc/field_path.h"
#include "doc/node.h"

// Adds a hint to the newest diagnostic: the key of `map` that is nearest to `wanted`, or else all of them.
void suggest_key(struct diagnostics *, const struct node *map, struct slice wanted);

// The same for the first element of the path that leads nowhere below `root`. False: nothing is near, and there is no
// hint.
bool suggest_field(struct diagnostics *, struct arena *, const struct field_path *, struct node *root);
