// yaml/arrange.h
//
// Sorts the fields of a YAML file. Each field keeps its comments, and the meaning of the file doesn't change:
//
//     # of the shop team            # of the shop team
//
//     # no one shares it            resources:
//     namePrefix: shop-             - web.yaml
//     resources:             →      # - debug.yaml
//     - web.yaml                    # no one shares it
//     # - debug.yaml                namePrefix: shop-
#pragma once

#include "base/buffer.h"
#include "yaml/read.h"

// Names of the top-level fields of the first document, in any case. Fields that aren't listed come last, in their
// original order.
struct yaml_order {
    const char *const *names;
    size_t count;
};

// The position of a field in an order; fields that aren't listed share the position after the last one.
size_t yaml_order_find(const struct yaml_order *, struct slice field);

// Appends the file with its fields in order: at most one blank line between two, and none at the start or the end.
// False: the file is appended unchanged, because it isn't a block map or an alias would come before its anchor.
bool yaml_arrange(struct read_context *, const struct source *, const struct yaml_order *, struct buffer *);

// Appends `after`, which was made from `before`, and restores the comments that it lost: each on a line of its own
// above the top-level field that it belonged to. `successor` maps the name of a field in `before` to its name in
// `after`.
void yaml_keep_comments(struct arena *, struct slice before, struct slice after,
                        struct slice (*successor)(struct slice), struct buffer *);
