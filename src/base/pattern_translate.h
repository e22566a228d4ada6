// base/pattern_translate.h
//
// From an expression of Go to one that pcre2 takes for the same. Internal to base.
#pragma once

#include "base/arena.h"
#include "base/buffer.h"

enum { PATTERN_DEPTH_MAX = 400 };  // of groups; pcre2 takes 499 of those with flags

// False: `*error` says why.
bool pattern_translate(struct arena *, struct slice expression, struct slice *translated, struct slice *error);
