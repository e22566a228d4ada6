// base/pattern.h
//
// Regular expressions of Go (RE2 syntax), matched by pcre2. What RE2 refuses (look-around, back
// references, possessive quantifiers, atomic groups, recursion …) is refused here too, and what the two
// libraries read differently is translated before pcre2 sees it.
//
// Source: https://github.com/google/re2/wiki/Syntax; Go's package regexp/syntax.
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/slice.h"

struct pattern;

// Memory comes from the arena. NULL: `*error` says why, in words that stand behind a colon.
struct pattern *pattern_compile(struct arena *, struct slice expression, struct slice *error);
// The expression anchored at both ends: ^(?:expression)$.
struct pattern *pattern_compile_whole(struct arena *, struct slice expression, struct slice *error);

// True when only one text matches, the expression itself: whole, and without any special character.
bool pattern_is_literal(const struct pattern *);

// True when the expression matches somewhere in the text.
bool pattern_matches(const struct pattern *, struct slice text);
// The same for an expression and a text that somebody else may have chosen: `*gave_up` where an answer would take long.
bool pattern_matches_unless_hard(const struct pattern *, struct slice text, bool *gave_up);
