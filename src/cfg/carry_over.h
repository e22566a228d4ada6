// cfg/carry_over.h
//
// A program that changes an object prints it anew: comments are gone, and fields stand in any order. What it printed
// gets the comments and the order of what it was given.
#pragma once

#include "cfg/object.h"

// False: diagnosed, a field has another kind of value than before, which kustomize refuses.
bool carry_over_comments(struct cfg *, const struct tree_document *from, struct tree_document *to);
// Fields that are new stand behind the others.
void carry_over_order(struct cfg *, const struct tree_document *from, struct tree_document *to);
