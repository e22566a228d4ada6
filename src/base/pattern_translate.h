// base/pattern_translate.h
//
// Translates a Go expression to one that means the same to pcre2. Internal to base.
#pragma once

#include "base/arena.h"
#include "base/buffer.h"

// Nested groups. If one has flags, pcre2 10.46 allows 375, and older releases allow 500.
enum { PATTERN_DEPTH_MAX = 300 };

// On false, `*error` says why.
bool pattern_translate(struct arena *, struct slice expression, struct slice *translated, struct slice *error);
