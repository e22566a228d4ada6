// check/selector_hint.h
//
// Why a target matches nothing: the one part of it without which something would match.
#pragma once

#include "check/judge.h"

struct selector_hint {
    struct position place;  // of that part; of the target, where no part alone is to blame
    struct slice text;      // may be empty
};

struct selector_hint selector_hint(struct judge *, const struct selector *, struct resource_map *);
