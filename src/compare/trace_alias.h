// compare/trace_alias.h
//
// Values that a file has by an alias: their text is at the anchor, and the field is where the alias is.
#pragma once

#include "compare/trace.h"

// The alias by which the field has the value whose text is at the position. Line 0: there is none, or more than one
// that could be it.
struct position trace_find_alias(struct trace *, struct position value, struct slice path);
