// doc/yaml_comments.h
//
// The comments of a YAML text, which libyaml skips.
#pragma once

#include "base/buffer.h"
#include "base/source.h"

struct yaml_comment {
    struct slice text;  // from `#` to the end of the line
    uint32_t line, column;
    bool own_line;      // nothing but blanks before it
    bool after_blank;   // the line above is empty, or there is none
    bool before_blank;  // the line below is empty
    // The line above holds a value, or the end of one; on the first line only a plain one counts.
    bool below_entry;
};

struct yaml_comments {
    struct yaml_comment *items;
    size_t count, capacity;
};

// In the order of the text. A text that does not parse has those before the error.
void yaml_comments_read(struct arena *, struct slice text, struct yaml_comments *);
