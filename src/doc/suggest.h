// doc/suggest.h
//
// Suggestions for misspelled fields.
#pragma once

#include "base/diagnostics.h"
#include "doc/field_path.h"
#include "doc/node.h"

// Adds a hint to the newest diagnostic: the key of `map` nearest to `wanted` or, if none is near, all of them.
void suggest_key(struct diagnostics *, const struct node *map, struct slice wanted);

// The same for the first element of the path that isn't found below `root`. False, without a hint, if no key is near.
bool suggest_field(struct diagnostics *, struct arena *, const struct field_path *, struct node *root);
