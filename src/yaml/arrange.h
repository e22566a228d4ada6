// yaml/arrange.h
//
// Puts the fields of a YAML text into an order. Each takes its comments along, and nothing is said differently:
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

// Names of the fields of the first document's map, in whatever case; fields that are not among them come last, as they
// were.
struct yaml_order {
    const char *const *names;
    size_t count;
};

// The place of a field in an order; that of all fields which are not in it is behind the others.
size_t yaml_order_find(const struct yaml_order *, struct slice field);

// Appends the text: the fields in order, at most one blank line between two, none at the start and the end.
// False: it is appended as it is, since it is no block map, or an alias would come before its anchor.
bool yaml_arrange(struct read_context *, const struct source *, const struct yaml_order *, struct buffer *);

// Appends `after`, a text that was made from `before`, with the comments that it lacks: each in a line of its own
// above the field of the first document's map in which it stood; `successor` names the field in `after` by that in
// `before`.
void yaml_keep_comments(struct arena *, struct slice before, struct slice after,
                        struct slice (*successor)(struct slice), struct buffer *);
