// check/alias_places.h
//
// Where the values of aliases are used.
#pragma once

#include "check/judge.h"

// The alias that gives the field its value, whose text is at the position. Line 0: none, or several candidates.
struct position judge_alias(struct judge *, struct position text, struct slice field);
