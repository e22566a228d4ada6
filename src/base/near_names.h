// base/near_names.h
//
// Which resource names a wrong name may stand for. Unlike other words, such names consist of parts, so names are also
// similar if one has a part that the other lacks: `nginx` and `shop-nginx-config` for `shop-nginx`.
#pragma once

#include "base/arena.h"
#include "base/word_list.h"

// About equally similar, best first.
struct near_names {
    struct slice items[HINT_NAMES_MAX];
    size_t count;
};

struct near_names near_names(struct slice wanted, const struct slice *candidates, size_t count);

// "'a' or 'b'", for "did you mean"; empty: no name is similar.
struct slice near_names_text(struct arena *, const struct near_names *);
