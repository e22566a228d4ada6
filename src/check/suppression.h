// check/suppression.h
//
// Comments that silence a rule:
//
//     target: {name: nope}  # kiln: ignore patch-no-match: comes with the next release
//     # kiln: ignore patch-no-match, image-no-match: the line below, and everything that is indented below it
//     # kiln: ignore-file field-deprecated: among the first ten lines
#pragma once

#include "base/arena.h"
#include "check/rule.h"

struct suppression {
    const struct rule *rule;  // NULL: no rule has this name
    struct slice name;
    uint32_t line, column, end_column;  // of the name
    uint32_t first, last;               // the lines that it applies to
    bool used;
    // The innermost suppression of the same rule around it, and the nearest one that ends later; SIZE_MAX: none.
    size_t outer, longer;
};

struct suppressions {
    struct suppression *items;
    size_t count, capacity;
};

// Appends the suppressions in the comments of a YAML file, ignoring scalars that look like comments. They live in the
// arena. Call it once for a list.
void suppressions_read(struct arena *, struct slice text, struct suppressions *);

// True if a suppression of the rule applies to this line. Those that do count as used.
bool suppressions_use(struct suppressions *, const struct rule *, uint32_t line);
