// base/pattern.h
// Go's regular expressions (RE2 syntax), matched by pcre2. What RE2 rejects is rejected here, too: look-around,
// backreferences, possessive quantifiers, atomic groups, recursion, and so on. What the two libraries read differently
// is translated before pcre2 sees it.
//
// Source: https://github.com/google/re2/wiki/Syntax; Go's package regexp/syntax.
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/slice.h"

struct pattern;

// Memory comes from the arena. On NULL, `*error` says why, in words that fit after a colon.
struct pattern *pattern_compile(struct arena *, struct slice expression, struct slice *error);
// The expression anchored at both ends: ^(?:expression)$.
struct pattern *pattern_compile_whole(struct arena *, struct slice expression, struct slice *error);

// True if the only matching text is the expression itself: anchored at both ends and without special characters.
bool pattern_is_literal(const struct pattern *);

// True if the expression matches anywhere in the text.
bool pattern_matches(const struct pattern *, struct slice text);
// The same for an expression and a text that may come from someone else: sets `*gave_up` if the answer would take too
// long.
bool pattern_matches_unless_hard(const struct pattern *, struct slice text, bool *gave_up);
