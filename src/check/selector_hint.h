// check/selector_hint.h
//
// Explains why a target matches nothing: finds the one part without which something would match.
#pragma once

#include "check/judge.h"

struct selector_hint {
    struct position place;  // of that part, or of the target if no single part is to blame
    struct slice text;      // may be empty
};

struct selector_hint selector_hint(struct judge *, const struct selector *, struct resource_map *);
