// cfg/carry_over.h
//
// A program that changes an object may drop its comments and reorder its fields. This restores the comments and the
// order from what the program was given.
#pragma once

#include "cfg/object.h"

// False: diagnosed (a field changed between scalar, map, and list, which kustomize doesn't allow).
bool carry_over_comments(struct cfg *, const struct tree_document *from, struct tree_document *to);
// New fields come after the others.
void carry_over_order(struct cfg *, const struct tree_document *from, struct tree_document *to);
