// base/pattern_translate.h
//
// Translates a Go expression to one that means the same to pcre2. Internal to base.
#pragma once

#include "base/arena.h"
#include "base/buffer.h"

enum { PATTERN_DEPTH_MAX = 400 };  // nested groups; pcre2 allows 499 if they have flags

// On false, `*error` says why.
bool pattern_translate(struct arena *, struct slice expression, struct slice *translated, struct slice *error);
