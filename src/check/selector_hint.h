// check/selector_hint.h
//
// Why a target fits nothing: the one part of it without which something would fit.
#pragma once

#include "check/judge.h"

struct selector_hint {
    struct position place;  // of that part; of the target, where no part alone is to blame
    struct slice text;      // may be empty
};

struct selector_hint selector_hint(struct judge *, const struct selector *, struct resource_map *);
