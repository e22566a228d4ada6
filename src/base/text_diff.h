// base/text_diff.h
//
// The differences between two texts, in the format of `diff -u`:
//
//     --- kustomization.yaml
//     +++ kustomization.yaml (formatted)
//     @@ -1,3 +1,3 @@
//     -namePrefix: a-
//      resources:
//      - web.yaml
//     +namePrefix: a-
#pragma once

#include "base/arena.h"
#include "base/buffer.h"

enum { TEXT_DIFF_CONTEXT = 3 };

struct text_diff_request {
    struct slice before, after;  // names of the texts; empty: no header
    size_t context;              // equal lines to show around a change
};

// Appends nothing if the texts are equal.
void text_diff(struct arena *, const struct text_diff_request *, struct slice before, struct slice after,
               struct buffer *);
