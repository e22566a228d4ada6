// yaml/comments.h
//
// The comments of a YAML text, which libyaml skips.
#pragma once

#include "base/arena.h"
#include "base/slice.h"

struct yaml_comments {
    struct slice *items;  // from `#` to the end of the line
    size_t count, capacity;
};

// In the order of the text. A text that does not parse has those before the error.
void yaml_comments_read(struct arena *, struct slice text, struct yaml_comments *);
