// yaml/alias_uses.h
//
// Which alias gives a field its value. What is read has the position of the text, which is at the anchor; the field is
// at the alias.
//
//     tty: &flag no      # 1:12
//     stdin: *flag       # `stdin` has its text at 1:12, and its alias at 2:8
#pragma once

#include "base/source.h"
#include "yaml/read.h"

// One step of the way to a value: a key, or an item of a list.
struct alias_step {
    struct slice text;  // of an item, its index; any other text may be any item
    bool is_item;
};

struct alias_uses;  // of one text

// NULL: the text has no aliases, doesn't parse, or has too many of them.
struct alias_uses *alias_uses_read(struct read_context *, const struct source *);
// The alias through which the text at the position is the value of the field; the last steps decide, since the field
// may have come from a part of another object. Line 0: none, or several candidates. NULL has none.
struct position alias_uses_find(const struct alias_uses *, struct position text, const struct alias_step *,
                                size_t count);
