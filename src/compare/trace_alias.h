// compare/trace_alias.h
//
// Values set by an alias: their text is at the anchor, but the field is at the alias.
#pragma once

#include "compare/trace.h"

// The alias that gives the field its value, whose text is at the position. Line 0: none, or several candidates.
struct position trace_find_alias(struct trace *, struct position value, struct slice path);
