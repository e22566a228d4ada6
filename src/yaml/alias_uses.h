// yaml/alias_uses.h
//
// Finds the alias that gives a field its value. Nodes have the position of the text, which is at the anchor; the field
// is at the alias.
//
//     tty: &flag no      # 1:12
//     stdin: *flag       # `stdin` has its text at 1:12, and its alias at 2:8
#pragma once

#include "base/source.h"
#include "yaml/read.h"

// One step of the path to a value: a key, or an item of a list.
struct alias_step {
    struct slice text;  // the key, or the index of an item; text that isn't a number matches any item
    bool is_item;
};

struct alias_uses;  // of one text

// NULL: the text has no aliases, doesn't parse, or has too many of them.
struct alias_uses *alias_uses_read(struct read_context *, const struct source *);
// The alias through which the text at the position became the value of the field. The last steps count most, because
// the field may come from a part of another object. Line 0: none, or several candidates. NULL has none.
struct position alias_uses_find(const struct alias_uses *, struct position text, const struct alias_step *,
                                size_t count);
