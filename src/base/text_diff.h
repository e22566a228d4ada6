// base/text_diff.h
//
// What has changed between two texts, as `diff -u` says it:
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
    struct slice before, after;  // what the texts are called; empty: no lines say so
    size_t context;              // equal lines around a change
};

// Appends nothing when the texts are equal.
void text_diff(struct arena *, const struct text_diff_request *, struct slice before, struct slice after,
               struct buffer *);
